package io.papi.config;

import io.papi.caller.Callers;
import io.papi.coalesce.CoalesceSettings;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Sources;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.query.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the settings of all sections together, each read by its own reader. */
final class ConfigurationReader {
  private static final Key<Duration> DRAIN_DELAY =
      Key.of("drain-delay", Type.duration(Duration.ZERO, Duration.ofMinutes(1)));
  private static final Key<Duration> START_WAIT =
      Key.of("start-wait", Type.duration(Duration.ZERO, Duration.ofMinutes(10)));
  private static final Key<LogFormat> LOG_FORMAT =
      Key.of("log-format", Type.oneOf(LogFormat.class));

  /** Everything that can be configured. */
  static final Shape SHAPE =
      Shape.of(
              Stream.of(
                      List.of(DRAIN_DELAY, START_WAIT, LOG_FORMAT),
                      HttpReader.KEYS,
                      ExposureReader.KEYS,
                      StoreReader.KEYS,
                      EmbeddedReader.KEYS,
                      RedisReader.KEYS,
                      NearReader.KEYS,
                      FreshnessReader.KEYS,
                      QueryReader.KEYS,
                      CallerReader.KEYS)
                  .<Key<?>>flatMap(List::stream)
                  .toList())
          .with(SnowflakeReader.SNOWFLAKE, SnowflakeReader.SHAPE)
          .withNamed(EmbeddedTableReader.TABLES, EmbeddedTableReader.SHAPE)
          .withNamed(DatasetReader.DATASETS, DatasetReader.SHAPE)
          .withNamed(QueryReader.QUERIES, QueryReader.SHAPE)
          .withNamed(CallerReader.CALLERS, CallerReader.SHAPE);

  private ConfigurationReader() {}

  /**
   * @param sessionToken where the container service keeps its token
   * @param heapBytes the most that the heap will have
   */
  static Configuration read(Map<String, String> environment, Path sessionToken, long heapBytes) {
    Problems problems = new Problems();
    Section root = new Section(Sources.read(environment, SHAPE, problems));
    problems.in(() -> root.check(SHAPE.keys()));
    StoreReader store = new StoreReader(root, sessionToken);
    boolean hasQueries = QueryReader.hasAny(root);
    Optional<List<Dataset>> datasets = problems.in(() -> DatasetReader.readAll(root, hasQueries));
    Optional<List<Query>> queries =
        problems.in(() -> QueryReader.readAll(root, datasets.orElse(List.of())));
    Optional<StoreMode> storeMode =
        problems.in(() -> store.mode(datasets.orElse(List.of()), queries.orElse(List.of())));
    Optional<RedisMode> redis = problems.in(() -> RedisReader.read(root, store));
    problems.in(() -> RedisReader.namesSecret(root));
    Optional<CoalesceSettings> coalesce = problems.in(store::coalesce);
    problems.in(
        () ->
            HttpReader.read(
                root,
                connections(store, datasets, queries),
                HeapBudget.bodyBytes(heapBytes),
                Callers.anybody(true)));
    if (datasets.isPresent() && queries.isPresent()) {
      problems.in(() -> CallerReader.readAll(root, datasets.get(), queries.get()));
    }
    problems.refuseIfAny();
    Callers callers = CallerReader.readAll(root, datasets.orElseThrow(), queries.orElseThrow());
    List<Dataset> read = datasets.orElseThrow();
    RedisMode redisMode = redis.orElseThrow();
    CoalesceSettings bounds = coalesce.orElseThrow();
    Queries reports = store.queries(queries.orElseThrow());
    HeapBudget budget =
        HeapBudget.of(
            heapBytes,
            chains(read),
            reports.kept().size(),
            redisMode.writeBackBound(),
            bounds.maxPending());
    return new Configuration(
        HttpReader.read(
            root, connections(store, datasets, queries), HeapBudget.bodyBytes(heapBytes), callers),
        root.get(DRAIN_DELAY),
        root.get(START_WAIT),
        root.get(LOG_FORMAT),
        storeMode.orElseThrow(),
        store.settings(Math.max(1, chains(read))),
        bounds,
        redisMode,
        RedisReader.namesSecret(root),
        NearReader.read(root, budget),
        read,
        reports);
  }

  /** Of the store's, those of rows and those of queries. */
  private static int connections(
      StoreReader store, Optional<List<Dataset>> datasets, Optional<List<Query>> queries) {
    int ofRows = store.settings(chainCount(datasets)).connections();
    List<Query> all = queries.orElse(List.of());
    return ofRows + store.queries(all).connections(all);
  }

  /** Where they cannot be read, any number lets the other settings be checked. */
  private static int chainCount(Optional<List<Dataset>> datasets) {
    return datasets.map(ConfigurationReader::chains).filter(count -> count > 0).orElse(1);
  }

  /** Of rows by their own key, and of what leads to them by another. */
  private static int chains(List<Dataset> datasets) {
    return datasets.stream().mapToInt(dataset -> 1 + dataset.alternateKeys().size()).sum();
  }
}
