package io.papi.config;

import io.papi.coalesce.CoalesceSettings;
import io.papi.dataset.Dataset;
import io.papi.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                      StoreReader.KEYS,
                      EmbeddedReader.KEYS,
                      RedisReader.KEYS,
                      NearReader.KEYS,
                      FreshnessReader.KEYS)
                  .<Key<?>>flatMap(List::stream)
                  .toList())
          .with(SnowflakeReader.SNOWFLAKE, SnowflakeReader.SHAPE)
          .withNamed(DatasetReader.DATASETS, DatasetReader.SHAPE);

  private ConfigurationReader() {}

  /**
   * @param sessionToken where the container service keeps its token
   * @param heapBytes the most that the heap will have
   */
  static Configuration read(Map<String, String> environment, Path sessionToken, long heapBytes) {
    Section root = new Section(Sources.read(environment, SHAPE));
    StoreReader store = new StoreReader(root, sessionToken);
    StoreMode storeMode = store.mode();
    List<Dataset> datasets = DatasetReader.readAll(root);
    StoreSettings storeSettings = store.settings(datasets.size());
    CoalesceSettings coalesce = store.coalesce();
    RedisMode redis = RedisReader.read(root, storeMode);
    HeapBudget budget =
        HeapBudget.of(heapBytes, datasets.size(), redis.writeBackBound(), coalesce.maxPending());
    return new Configuration(
        HttpReader.read(root, storeSettings.connections()),
        root.get(DRAIN_DELAY),
        root.get(START_WAIT),
        root.get(LOG_FORMAT),
        storeMode,
        storeSettings,
        coalesce,
        redis,
        NearReader.read(root, budget),
        datasets);
  }
}
