package io.papi;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.AheadLookup;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.RowCache;
import io.papi.cache.Shelves;
import io.papi.cache.redis.Redis;
import io.papi.cache.redis.RedisCache;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.coalesce.CoalescedLookup;
import io.papi.coalesce.LookupLimit;
import io.papi.config.Configuration;
import io.papi.config.ConfigurationException;
import io.papi.config.RedisMode;
import io.papi.config.StoreMode;
import io.papi.dataset.Dataset;
import io.papi.dataset.StoreIdentity;
import io.papi.http.HttpServer;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.Health;
import io.papi.http.port.CannotListenException;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Ticker;
import io.papi.metrics.Metrics;
import io.papi.store.ConnectionPool;
import io.papi.store.SchemaMismatchException;
import io.papi.store.SqlStore;
import io.papi.store.StoreBreaker;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.store.snowflake.SnowflakeDataSource;
import io.papi.store.snowflake.SnowflakeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running service: configuration, the chain of each dataset, the sockets, and the end of them all
 * in order.
 *
 * <p>Here alone stands the order of the layers: early refresh, near cache, Redis, breaker, limit,
 * coalescing, store.
 */
public final class Main implements AutoCloseable {
  private static final String JUL_MANAGER = "org.apache.logging.log4j.jul.LogManager";
  private static final Duration BETWEEN_CONTACTS = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final Configuration configuration;
  private final Ticker ticker = Ticker.system();
  private final int jitterSeed = ThreadLocalRandom.current().nextInt();
  private final Metrics metrics = new Metrics(version(), ticker);
  private final MeterRegistry meters = metrics.registry();
  private final Parts opened;
  private final List<SqlStore> stores = new ArrayList<>();
  private final Map<String, BooleanSupplier> parts = new HashMap<>();
  private final Health health;
  private final HttpServer server;

  /** Where rows come from. */
  private record Source(ConnectionPool pool, StoreIdentity identity) {}

  public static void main(String[] args) {
    // Before anything logs: Helidon logs to java.util.logging.
    System.setProperty("java.util.logging.manager", JUL_MANAGER);
    Logger log = LoggerFactory.getLogger(Main.class);
    Parts parts = new Parts();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "shutdown"));
    } catch (IllegalStateException e) {
      // it has been asked to end already
      return;
    }
    try {
      Configuration configuration = Configuration.read(System.getenv());
      SystemProperties.set(configuration.logFormat());
      Main service = new Main(configuration, parts);
      log.info(
          "serving on port {}, health and metrics on port {}", service.port(), service.adminPort());
      log.error("ending: {}", service.server.awaitFailure());
      System.exit(1);
    } catch (Parts.ClosedException e) {
      // A signal ends the process: it waits for the hook, and its status is the signal's.
      log.info("ended before it was ready");
    } catch (ConfigurationException | SchemaMismatchException | CannotListenException e) {
      log.error("refusing to start: {}", e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Starts a service, which is ready when this returns.
   *
   * @throws SchemaMismatchException if the store's tables are not what the datasets say
   * @throws CannotListenException if a port cannot be opened
   */
  public Main(Configuration configuration) {
    this(configuration, new Parts());
  }

  /**
   * Starts a service whose parts may be closed at any moment, which ends the start.
   *
   * @throws Parts.ClosedException if they are closed before the service is ready
   */
  Main(Configuration configuration, Parts opened) {
    this.configuration = configuration;
    this.opened = opened;
    SystemProperties.set(configuration.store());
    try {
      open(metrics);
      Source source = source();
      ConnectionPool pool = open(source.pool());
      StoreBreaker server = StoreBreaker.ofServer(configuration.store(), meters);
      Optional<Redis> redis = redis().map(this::open);
      LookupLimit limit = new LookupLimit(configuration.coalesce(), meters);
      List<ServedDataset> datasets = new ArrayList<>();
      for (Dataset dataset : configuration.datasets()) {
        datasets.add(chain(dataset, source, limit, server, redis));
      }
      contactStore(pool);
      this.health = new Health(parts);
      this.server =
          HttpServer.start(configuration.http(), datasets, health, meters, metrics::scrape, ticker);
      open(this::drain);
      datasets.forEach(this::warm);
      health.moveTo(Health.Stage.READY);
      opened.checkOpen();
    } catch (RuntimeException e) {
      // what fails because its parts are being closed is no failure
      opened.checkOpen();
      opened.close();
      throw e;
    }
  }

  /** The callers' port. */
  public int port() {
    return server.port();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return server.adminPort();
  }

  /**
   * Ends the service: not ready at once, still accepting for the drain delay, then answering what
   * is in flight, then closing part after part.
   */
  @Override
  public void close() {
    opened.close();
  }

  /** What closes first, as it is opened last. Who never was ready has no callers to wait for. */
  private void drain() {
    boolean wasReady = health.stage() == Health.Stage.READY;
    health.moveTo(Health.Stage.DRAINING);
    try {
      Thread.sleep(wasReady ? configuration.drainDelay() : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }

  private Source source() {
    return switch (configuration.storeMode()) {
      case StoreMode.Embedded(EmbeddedSettings settings) -> {
        EmbeddedStore embedded = open(EmbeddedStore.load(settings));
        yield new Source(
            new ConnectionPool(embedded.dataSource(), configuration.store(), meters),
            embedded.identity());
      }
      case StoreMode.Snowflake(SnowflakeSettings settings) -> {
        LoggerFactory.getLogger(Main.class)
            .info("store: {} of account {}", settings.server(), settings.account());
        yield new Source(
            new ConnectionPool(
                new SnowflakeDataSource(settings, meters), configuration.store(), meters),
            settings.identity());
      }
    };
  }

  private Optional<Redis> redis() {
    Optional<RedisSettings> settings =
        switch (configuration.redis()) {
          case RedisMode.Embedded(int megabytes, Duration timeout, int writeBackBound) ->
              EmbeddedRedis.start(megabytes, this::open)
                  .map(at -> RedisSettings.of(at.uri().toString(), timeout, writeBackBound));
          case RedisMode.Server(RedisSettings server) -> Optional.of(server);
          case RedisMode.Off _ -> Optional.empty();
        };
    return settings.map(server -> new Redis(server, ticker, meters));
  }

  private ServedDataset chain(
      Dataset dataset,
      Source source,
      LookupLimit limit,
      StoreBreaker server,
      Optional<Redis> redis) {
    String name = dataset.name();
    Lifetime lifetime = new Lifetime(dataset.freshness(), jitterSeed);
    SqlStore store =
        new SqlStore(
            dataset, source.pool().dataSource(), configuration.store().maxBatch(), meters, ticker);
    stores.add(store);
    List<RowCache> caches = new ArrayList<>();
    configuration
        .near()
        .ifPresent(near -> caches.add(new NearCache(name, near, lifetime, meters, ticker)));
    redis.ifPresent(
        shared -> caches.add(new RedisCache(dataset, source.identity(), lifetime, shared, ticker)));
    StoreBreaker own = StoreBreaker.ofDataset(name, configuration.store(), meters);
    CoalescedLookup coalesced =
        open(
            new CoalescedLookup(
                name,
                server.counted(own.counted(store)),
                new Shelves(caches),
                configuration.coalesce(),
                meters,
                ticker));
    Lookup chain = server.gated(own.gated(limit.around(coalesced)));
    for (RowCache cache : caches.reversed()) {
      chain = new CachedLookup(name, cache, chain, lifetime, meters, ticker);
    }
    chain =
        new AheadLookup(
            name,
            chain,
            lifetime,
            meters,
            ticker,
            () -> ThreadLocalRandom.current().nextDouble(),
            refresh -> Thread.ofVirtual().name("refresh").start(refresh));
    parts.put("store/" + name, store::isUp);
    redis.ifPresent(shared -> parts.put("redis", shared::isReachable));
    LoggerFactory.getLogger(Main.class).info("/{}: {}", name, chain);
    return new ServedDataset(dataset, chain, coalesced);
  }

  /**
   * Holds the tables against the configuration and waits for all connections, until the store
   * answers or the wait is over.
   */
  private void contactStore(ConnectionPool pool) {
    Deadline end = Deadline.after(configuration.startWait(), ticker.nanos());
    for (SqlStore store : stores) {
      await(store::check, BETWEEN_CONTACTS, end);
    }
    await(pool::isFull, BETWEEN_LOOKS, end);
  }

  private void await(BooleanSupplier condition, Duration pause, Deadline end) {
    while (!condition.getAsBoolean() && end.remaining(ticker.nanos()) > 0) {
      opened.checkOpen();
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Asks for one row the way a caller does, so that the first caller does not pay for the start.
   */
  private void warm(ServedDataset served) {
    long now = ticker.nanos();
    Need need = new Need(now, now, Deadline.after(configuration.http().deadline(), now));
    served.lookup().find(new Key("0"), need);
  }

  private <T extends AutoCloseable> T open(T part) {
    return opened.add(part);
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
