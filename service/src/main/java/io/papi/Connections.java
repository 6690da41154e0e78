package io.papi;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.config.Configuration;
import io.papi.config.Queries;
import io.papi.config.StoreMode;
import io.papi.dataset.StoreIdentity;
import io.papi.query.Query;
import io.papi.store.ConnectionPool;
import io.papi.store.PoolSettings;
import io.papi.store.StoreSettings;
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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the store: a pool for rows, and for queries one for each warehouse, apart from
 * those of streams, so that no report takes a lookup's, and no stream a report's. Immutable.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final StoreIdentity identity;
  private final BooleanSupplier isRefused;
  private final Optional<ConnectionPool> rows;
  private final Map<Use, ConnectionPool> queries;

  private Connections(
      StoreIdentity identity,
      BooleanSupplier isRefused,
      Optional<ConnectionPool> rows,
      Map<Use, ConnectionPool> queries) {
    this.identity = identity;
    this.isRefused = isRefused;
    this.rows = rows;
    this.queries = Map.copyOf(queries);
  }

  /**
   * Opens the store, and begins to open connections.
   *
   * @param opened takes all that is to be closed
   * @throws io.papi.store.embedded.CannotLoadException if what the embedded store is filled with
   *     cannot be used
   */
  static Connections open(Configuration configuration, MeterRegistry meters, Parts opened) {
    return switch (configuration.storeMode()) {
      case StoreMode.Embedded(EmbeddedSettings tables) -> {
        EmbeddedStore embedded = opened.add(EmbeddedStore.open(tables));
        Optional<ConnectionPool> rows =
            rows(
                configuration,
                opened,
                settings -> new ConnectionPool(embedded.dataSource(), settings, meters));
        Map<Use, ConnectionPool> queries =
            queries(
                configuration.queries(),
                opened,
                (use, _, settings) ->
                    new ConnectionPool(
                        use.isStreams() ? embedded.streams() : embedded.dataSource(),
                        settings,
                        meters));
        // last: the pools open their connections meanwhile
        yield new Connections(embedded.fill(), () -> false, rows, queries);
      }
      case StoreMode.Snowflake(SnowflakeSettings server) -> {
        LOG.info("store: {} of account {}", server.server(), server.account());
        SnowflakeDataSource snowflake = new SnowflakeDataSource(server, meters);
        yield new Connections(
            server.identity(),
            snowflake::isRefused,
            rows(
                configuration, opened, settings -> new ConnectionPool(snowflake, settings, meters)),
            queries(
                configuration.queries(),
                opened,
                (use, silence, settings) ->
                    new ConnectionPool(
                        snowflake.forQueries(use.warehouse(), silence), settings, meters)));
      }
    };
  }

  /** Where there is no dataset, there is nothing to connect for. */
  private static Optional<ConnectionPool> rows(
      Configuration configuration, Parts opened, Function<StoreSettings, ConnectionPool> opening) {
    return configuration.datasets().isEmpty()
        ? Optional.empty()
        : Optional.of(opened.add(opening.apply(configuration.store())));
  }

  /** What a pool is for. */
  private record Use(Optional<String> warehouse, boolean isStreams) {

    static Use of(Query query) {
      return new Use(query.warehouse(), query.stream().isPresent());
    }
  }

  /** Opens a pool for queries of one use. */
  private interface Opening {

    /**
     * @param silence how long the server may be silent; what hangs ends after twice that
     */
    ConnectionPool pool(Use use, Duration silence, PoolSettings settings);
  }

  private static Map<Use, ConnectionPool> queries(Queries queries, Parts opened, Opening opening) {
    Map<Use, List<Query>> byUse = queries.all().stream().collect(Collectors.groupingBy(Use::of));
    Map<Use, ConnectionPool> pools = new HashMap<>();
    byUse.forEach(
        (use, own) ->
            pools.put(
                use, opened.add(opening.pool(use, longest(own), settings(use, own, queries)))));
    return pools;
  }

  private static PoolSettings settings(Use use, List<Query> own, Queries queries) {
    int connections = queries.connections(own);
    return use.isStreams()
        ? PoolSettings.forStreams(use.warehouse(), connections)
        : PoolSettings.forQueries(use.warehouse(), connections);
  }

  /** The longest deadline of theirs; a statement may take twice that. */
  private static Duration longest(List<Query> queries) {
    return queries.stream()
        .map(query -> query.limits().deadline())
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** What distinguishes the store from others. */
  StoreIdentity identity() {
    return identity;
  }

  /** Whether the store refuses the sign-in, and always has. */
  boolean isRefused() {
    return isRefused.getAsBoolean();
  }

  /** The pool of all datasets. */
  ConnectionPool ofRows() {
    return rows.orElseThrow();
  }

  /** The pool of a query and of all others with its use. */
  ConnectionPool of(Query query) {
    return requireNonNull(queries.get(Use.of(query)), "no pool for this query");
  }

  /** All pools. */
  List<ConnectionPool> pools() {
    List<ConnectionPool> all = new ArrayList<>(queries.values());
    rows.ifPresent(all::add);
    return all;
  }
}
