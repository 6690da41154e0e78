package io.papi;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.RefreshAhead;
import io.papi.cache.redis.NameSecret;
import io.papi.cache.redis.Redis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.coalesce.CoalesceSettings;
import io.papi.coalesce.LookupLimit;
import io.papi.config.Configuration;
import io.papi.config.Queries;
import io.papi.config.RedisMode;
import io.papi.http.HttpServer;
import io.papi.http.Served;
import io.papi.http.exchange.Health;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.ServedStream;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Ticker;
import io.papi.metrics.Metrics;
import io.papi.query.Query;
import io.papi.store.Contact;
import io.papi.store.StoreBreaker;
import io.papi.store.StoreSettings;
import io.papi.store.query.Patience;
import io.papi.store.query.StreamStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running service: the composition root, which builds all parts from the configuration, starts
 * them, and closes them in order. Thread-safe.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Configuration configuration;
  private final Ticker ticker = Ticker.system();
  private final Parts opened;
  private final Metrics metrics;
  private final Health health;
  private final HttpServer server;

  /**
   * Starts a service, which is ready when this returns.
   *
   * @throws io.papi.store.embedded.CannotLoadException if what the embedded store is filled with
   *     cannot be used
   * @throws io.papi.store.SchemaMismatchException if the store's tables are not what the datasets
   *     say
   * @throws io.papi.http.port.CannotListenException if a port cannot be opened
   */
  public Service(Configuration configuration) {
    this(configuration, new Parts());
  }

  /**
   * Starts a service whose parts may be closed at any moment, which ends the start.
   *
   * @throws Parts.ClosedException if they are closed before the service is ready
   */
  Service(Configuration configuration, Parts opened) {
    this.configuration = configuration;
    this.opened = opened;
    this.metrics = new Metrics(version(), ticker);
    SystemProperties.set(configuration.store());
    try {
      opened.add(metrics);
      MeterRegistry meters = metrics.registry();
      Meanwhile<Connections> opening =
          Meanwhile.begin("store", () -> Connections.open(configuration, meters, opened));
      Meanwhile<Optional<RedisSettings>> starting = Meanwhile.begin("redis", this::redis);
      HttpServer.prepare();
      Connections connections = opening.result();
      Optional<RedisSettings> settings = starting.result();
      Optional<Redis> redis = settings.map(server -> opened.add(new Redis(server, ticker, meters)));
      Optional<Redis> besideIt =
          configuration.queries().kept().isEmpty()
              ? Optional.empty()
              : redis.map(server -> opened.add(beside(server, settings.orElseThrow())));
      List<DatasetChains> datasets = datasets(connections, redis);
      List<Chain<ServedQuery>> queries = queries(connections, besideIt);
      List<StreamStore> streams = streams(connections);
      List<Contact> stores = new ArrayList<>(streams);
      datasets.forEach(
          dataset -> dataset.all().values().forEach(chain -> stores.add(chain.store())));
      queries.forEach(chain -> stores.add(chain.store()));
      new FirstContact(opened, ticker)
          .await(stores, connections.pools(), configuration.startWait());
      this.health = new Health(states(stores, redis, besideIt), connections::isRefused);
      this.server =
          HttpServer.start(
              configuration.http(),
              new Served(
                  datasets.stream().map(DatasetChains::served).toList(),
                  queries.stream().map(Chain::served).toList(),
                  streams.stream().map(store -> new ServedStream(store.query(), store)).toList()),
              health,
              metrics.registry(),
              metrics::scrape,
              ticker);
      opened.add(this::drain);
      datasets.forEach(dataset -> dataset.all().values().forEach(this::warm));
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

  /** The port of callers who come through the container service's ingress, if there is one. */
  public OptionalInt ingressPort() {
    return server.ingressPort();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return server.adminPort();
  }

  /** Waits until it cannot serve any more, though nobody has stopped it; returns why. */
  String awaitFailure() {
    return server.awaitFailure();
  }

  /**
   * Ends the service: not ready at once, still accepting for the drain delay, then answering what
   * is in flight, then closing part after part.
   */
  @Override
  public void close() {
    opened.close();
  }

  private Optional<RedisSettings> redis() {
    return switch (configuration.redis()) {
      case RedisMode.Embedded(int megabytes, Duration timeout, int writeBackBound) ->
          EmbeddedRedis.start(megabytes, opened::add)
              .map(at -> RedisSettings.of(at.uri().toString(), timeout, writeBackBound));
      case RedisMode.Server(RedisSettings server) -> Optional.of(server);
      case RedisMode.Off _ -> Optional.empty();
    };
  }

  /** A megabyte of an answer must not hold up the rows of lookups. */
  private static Redis beside(Redis server, RedisSettings settings) {
    return server.beside("queries", settings.forLargeValues(Queries.WRITE_BACK));
  }

  private List<DatasetChains> datasets(Connections connections, Optional<Redis> redis) {
    Chain.Shared shared =
        shared(
            connections,
            configuration.store(),
            configuration.coalesce(),
            redis,
            StoreBreaker.ofServer(configuration.store(), metrics.registry()));
    NameSecret secret =
        configuration.namesSecret().map(NameSecret::of).orElseGet(NameSecret::random);
    List<DatasetChains> all =
        configuration.datasets().stream()
            .map(dataset -> DatasetChains.of(dataset, secret, connections.ofRows(), shared))
            .toList();
    all.forEach(dataset -> dataset.all().forEach(this::opened));
    return all;
  }

  private List<Chain<ServedQuery>> queries(Connections connections, Optional<Redis> redis) {
    Queries queries = configuration.queries();
    if (queries.kept().isEmpty()) {
      return List.of();
    }
    Chain.Shared shared =
        shared(
            connections,
            queries.store(),
            queries.coalesce(),
            redis,
            StoreBreaker.ofQueriesServer(queries.store(), metrics.registry()));
    List<Chain<ServedQuery>> all =
        queries.kept().stream()
            .map(query -> Chain.ofQuery(query, connections.of(query), shared))
            .toList();
    all.forEach(chain -> opened(chain.served().query().paths().getFirst().toString(), chain));
    return all;
  }

  private List<StreamStore> streams(Connections connections) {
    List<Query> streams = configuration.queries().streams();
    if (streams.isEmpty()) {
      return List.of();
    }
    Patience patience = opened.add(new Patience());
    return streams.stream()
        .map(
            query ->
                new StreamStore(
                    query,
                    connections.of(query).dataSource(),
                    patience,
                    metrics.registry(),
                    ticker))
        .toList();
  }

  private Chain.Shared shared(
      Connections connections,
      StoreSettings store,
      CoalesceSettings coalesce,
      Optional<Redis> redis,
      StoreBreaker server) {
    MeterRegistry meters = metrics.registry();
    return new Chain.Shared(
        connections.identity(),
        store,
        coalesce,
        configuration.near(),
        redis,
        server,
        new LookupLimit(coalesce, meters),
        ThreadLocalRandom.current().nextInt(),
        meters,
        ticker);
  }

  private void opened(String path, Chain<?> chain) {
    opened.add(chain.coalesced());
    chain.refresh().map(opened::add).ifPresent(RefreshAhead::start);
    LOG.info("{}: {}", path, chain.lookup());
  }

  /** Whether what may be down while the service is up is up, by the names that readiness has. */
  private static Map<String, BooleanSupplier> states(
      List<Contact> stores, Optional<Redis> redis, Optional<Redis> besideIt) {
    Map<String, BooleanSupplier> states = new HashMap<>();
    for (Contact store : stores) {
      states.put("store/" + store.name(), store::isUp);
    }
    redis.ifPresent(shared -> states.put("redis", shared::isReachable));
    besideIt.ifPresent(shared -> states.put("redis/queries", shared::isReachable));
    return states;
  }

  /**
   * Asks for one row the way a caller does, so that the first caller does not pay for the start. A
   * store that does not answer would only hold it up.
   */
  private void warm(Chain<?> chain) {
    if (!chain.store().isUp()) {
      return;
    }
    long now = ticker.nanos();
    Need need = new Need(now, now, Deadline.after(configuration.http().deadline(), now));
    chain.lookup().find(new Key("0"), need);
  }

  /** What closes first, as it is opened last. Who never was ready has no callers to wait for. */
  private void drain() {
    boolean wasReady = health.stage() == Health.Stage.READY;
    health.moveTo(Health.Stage.DRAINING);
    Duration delay = wasReady ? configuration.drainDelay() : Duration.ZERO;
    LOG.info("asked to end: not ready from now on, accepting for another {} ms", delay.toMillis());
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }

  private static String version() {
    return Optional.ofNullable(Service.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
