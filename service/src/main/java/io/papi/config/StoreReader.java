package io.papi.config;

import io.papi.coalesce.CoalesceSettings;
import io.papi.config.tree.Environment;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.query.Query;
import io.papi.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads where the rows are, and the bounds of what is asked there. */
final class StoreReader {
  private static final Logger LOG = LoggerFactory.getLogger(StoreReader.class);

  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MANY = 1_000_000;

  private enum Choice {
    AUTO,
    EMBEDDED,
    SNOWFLAKE
  }

  private static final Key<Choice> STORE = Key.of("store", Type.oneOf(Choice.class));
  private static final Key<Integer> CONNECTIONS = Key.of("store-connections", Type.whole(1, 1_000));
  private static final Key<Integer> MAX_BATCH = Key.of("store-max-batch", Type.powerOfTwo(1_024));
  static final Key<Integer> MAX_PENDING = Key.of("store-max-pending", Type.whole(1, MANY));
  private static final Key<Integer> MAX_LOOKUPS = Key.of("store-max-lookups", Type.whole(1, MANY));
  private static final Key<Duration> JOIN_FOR =
      Key.of("store-join-for", Type.duration(MIN, MINUTE));
  private static final Key<Duration> BREAKER_WAIT =
      Key.of("store-breaker-wait", Type.duration(MIN, MINUTE));
  private static final Key<Duration> SILENCE =
      Key.of("store-silence", Type.duration(Duration.ofMillis(100), MINUTE));

  static final List<Key<?>> KEYS =
      List.of(
          STORE, CONNECTIONS, MAX_BATCH, MAX_PENDING, MAX_LOOKUPS, JOIN_FOR, BREAKER_WAIT, SILENCE);

  private final Section root;
  private final Path sessionToken;

  /**
   * @param sessionToken where the container service keeps its token
   */
  StoreReader(Section root, Path sessionToken) {
    this.root = root;
    this.sessionToken = sessionToken;
  }

  /**
   * @param datasets whose tables the embedded store loads
   * @param queries the same
   */
  StoreMode mode(List<Dataset> datasets, List<Query> queries) {
    if (isSnowflake()) {
      return snowflake();
    }
    if (root.get(STORE) == Choice.AUTO) {
      sayHowToSwitch();
    }
    return new StoreMode.Embedded(EmbeddedReader.read(root, datasets, queries));
  }

  /** Whether the rows are in Snowflake, by configuration or by where the service runs. */
  boolean isSnowflake() {
    return switch (root.get(STORE)) {
      case EMBEDDED -> false;
      case SNOWFLAKE -> true;
      case AUTO -> Files.exists(sessionToken);
    };
  }

  /**
   * The bounds of connections and statements.
   *
   * @param datasets how many there are: every lane of each finds a connection
   */
  StoreSettings settings(int datasets) {
    return new StoreSettings(
        root.get(CONNECTIONS) * datasets, root.get(MAX_BATCH), root.get(BREAKER_WAIT));
  }

  /** The same for queries, of which each statement answers one. */
  Queries queries(List<Query> queries) {
    int each = QueryReader.connections(root);
    int maxPending = root.get(MAX_PENDING);
    return new Queries(
        queries,
        new StoreSettings(each * Math.max(1, queries.size()), 1, root.get(BREAKER_WAIT)),
        new CoalesceSettings(each, 1, maxPending, root.get(MAX_LOOKUPS), root.get(JOIN_FOR)));
  }

  CoalesceSettings coalesce() {
    int maxPending = root.get(MAX_PENDING);
    if (root.get(HttpReader.MAX_IDS) > maxPending) {
      throw root.refusal(
          MAX_PENDING,
          " is "
              + maxPending
              + ", fewer than the max-ids of one request, "
              + root.get(HttpReader.MAX_IDS)
              + ": such a request would never be answered");
    }
    return new CoalesceSettings(
        root.get(CONNECTIONS),
        root.get(MAX_BATCH),
        maxPending,
        root.get(MAX_LOOKUPS),
        root.get(JOIN_FOR));
  }

  private void sayHowToSwitch() {
    Section snowflake = root.section(SnowflakeReader.SNOWFLAKE);
    if (!snowflake.text(SnowflakeReader.ACCOUNT).isBlank()) {
      LOG.info(
          "{} is set, but the store is the embedded one: {}=snowflake switches",
          snowflake.path(SnowflakeReader.ACCOUNT.name()),
          Environment.variable(STORE.name()));
    }
  }

  private StoreMode snowflake() {
    return new StoreMode.Snowflake(new SnowflakeReader(root, sessionToken).read(root.get(SILENCE)));
  }
}
