package io.papi.config;

import io.papi.cache.NearSettings;
import io.papi.cache.RedisSettings;
import io.papi.coalesce.CoalesceSettings;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.http.HttpSettings;
import io.papi.store.StoreSettings;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.Latency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns keys and values into settings. */
final class ConfigurationReader {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReader.class);

  /** What a dataset may say of its own in place of what holds for all. */
  static final List<String> FRESHNESS_KEYS =
      List.of("fresh-for", "stale-for", "stale-after", "negative-for", "jitter");

  private static final Pattern LOG_FORMAT = Pattern.compile("text|json");
  private static final Pattern STORE = Pattern.compile("auto|embedded|snowflake");
  private static final Pattern KEY_TYPE = Pattern.compile("whole|text");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern TABLE = Pattern.compile(NAME + "(\\." + NAME + "){0,2}");
  private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9-]*");

  /** Where the Redis container of the same service instance is. */
  private static final String SIDECAR = "redis://localhost:6379";

  private static final String TEST_PAGE = "test";

  private static final Duration NONE = Duration.ZERO;
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 1_000_000;
  private static final int MOST_DIGITS = 38;
  private static final long MEBIBYTE = 1 << 20;

  private final Set<String> keys;
  private final Values values;
  private final Path sessionToken;

  /**
   * @param sessionToken where the container service keeps its token
   */
  ConfigurationReader(Map<String, String> values, Path sessionToken) {
    this.keys = values.keySet();
    this.values = new Values(values);
    this.sessionToken = sessionToken;
  }

  Configuration read() {
    requireTwoPorts();
    StoreMode storeMode = storeMode();
    int connections = values.whole("store-connections", 1, 1_000);
    int maxBatch = maxBatch();
    List<Dataset> datasets = datasets();
    return new Configuration(
        new HttpSettings(
            values.whole("port", 0, 65_535),
            values.whole("admin-port", 0, 65_535),
            values.whole("max-ids", 1, 10_000),
            values.whole("max-connections", 1, MANY),
            connections * datasets.size(),
            values.duration("deadline", LEAST, MINUTE),
            values.fraction("access-log-sample", 1)),
        values.duration("drain-delay", NONE, MINUTE),
        values.duration("start-wait", NONE, Duration.ofMinutes(10)),
        logFormat(),
        storeMode,
        // Every lane of every dataset finds a connection.
        new StoreSettings(
            connections * datasets.size(),
            maxBatch,
            values.duration("store-breaker-wait", LEAST, MINUTE)),
        new CoalesceSettings(
            connections,
            maxBatch,
            values.whole("store-max-pending", 1, MANY),
            values.whole("store-max-lookups", 1, MANY),
            values.duration("store-join-for", LEAST, MINUTE)),
        redis(storeMode),
        near(),
        datasets);
  }

  private void requireTwoPorts() {
    int port = values.whole("port", 0, 65_535);
    if (port != 0 && port == values.whole("admin-port", 0, 65_535)) {
      throw new ConfigurationException("port and admin-port are both " + port);
    }
  }

  private LogFormat logFormat() {
    return switch (values.text("log-format", LOG_FORMAT, "text or json")) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new IllegalStateException("the pattern has no other format");
    };
  }

  private StoreMode storeMode() {
    StoreMode embedded = new StoreMode.Embedded(embedded());
    return switch (values.text("store", STORE, "auto, embedded or snowflake")) {
      case "embedded" -> embedded;
      case "snowflake" -> snowflake();
      case "auto" -> {
        if (Files.exists(sessionToken)) {
          yield snowflake();
        }
        if (values.optional(SnowflakeReader.ACCOUNT).isPresent()) {
          LOG.info(
              "{} is set, but the store is the embedded one: {}=snowflake switches",
              SnowflakeReader.ACCOUNT,
              Layers.variable("store"));
        }
        yield embedded;
      }
      default -> throw new IllegalStateException("the pattern has no other store");
    };
  }

  private EmbeddedSettings embedded() {
    Duration p50 = values.duration("embedded-latency-p50", NONE, MINUTE);
    // A 99th percentile means something beside a median only.
    Duration p99 = values.duration("embedded-latency-p99", p50, p50.isZero() ? NONE : MINUTE);
    return new EmbeddedSettings(
        values.whole("rows", 1, 65_000_000),
        new Latency(p50, p99),
        values.whole("embedded-statements", 1, 1_000));
  }

  private StoreMode snowflake() {
    return new StoreMode.Snowflake(new SnowflakeReader(values, sessionToken).read());
  }

  private int maxBatch() {
    int maxBatch = values.whole("store-max-batch", 1, 1_024);
    if (Integer.bitCount(maxBatch) != 1) {
      throw new ConfigurationException("store-max-batch is " + maxBatch + ", not a power of two");
    }
    return maxBatch;
  }

  private Optional<NearSettings> near() {
    long bytes = values.bytes("near-memory", 0);
    if (bytes == 0) {
      return Optional.empty();
    }
    return Optional.of(new NearSettings(values.bytes("near-memory", MEBIBYTE)));
  }

  private RedisMode redis(StoreMode storeMode) {
    Duration timeout = values.duration("redis-timeout", LEAST, Duration.ofSeconds(10));
    int writeBack = values.whole("redis-write-back", 1, MANY);
    int megabytes = Math.toIntExact(values.bytes("redis-embedded-memory", MEBIBYTE) / MEBIBYTE);
    String configured = values.text("redis");
    String redis =
        configured.equals("auto")
            ? switch (storeMode) {
              case StoreMode.Embedded _ -> "embedded";
              case StoreMode.Snowflake _ -> SIDECAR;
            }
            : configured;
    return switch (redis) {
      case "embedded" -> new RedisMode.Embedded(megabytes, timeout, writeBack);
      case "off" -> new RedisMode.Off();
      default -> {
        try {
          yield new RedisMode.Server(RedisSettings.of(redis, timeout, writeBack));
        } catch (IllegalArgumentException e) {
          throw new ConfigurationException(
              "redis is not embedded, off, redis://… or rediss://…: " + e.getMessage());
        }
      }
    };
  }

  private List<Dataset> datasets() {
    Set<String> names = new TreeSet<>();
    for (String key : keys) {
      String[] parts = key.split("\\.", -1);
      if (parts.length == 3 && parts[0].equals("datasets")) {
        names.add(parts[1]);
      }
    }
    List<Dataset> datasets = new ArrayList<>();
    for (String name : names) {
      if (!DATASET.matcher(name).matches() || name.equals(TEST_PAGE)) {
        throw new ConfigurationException(
            "datasets."
                + name
                + ": a dataset's name is lower-case letters, digits and -, not test");
      }
      String enabled = prefix(name) + "enabled";
      if (!keys.contains(enabled) || values.flag(enabled)) {
        datasets.add(dataset(name));
      }
    }
    if (datasets.isEmpty()) {
      throw new ConfigurationException("datasets: none is enabled");
    }
    return datasets;
  }

  private Dataset dataset(String name) {
    String prefix = prefix(name);
    List<String> columns = values.list(prefix + "columns", NAME, "names of columns");
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new ConfigurationException(prefix + "columns has a column twice");
    }
    return new Dataset(
        name,
        values.text(prefix + "table", TABLE, "the name of a table"),
        values.text(prefix + "key", NAME, "the name of a column"),
        keyType(prefix),
        columns,
        keys.contains(prefix + "large-numbers-as-strings")
            && values.flag(prefix + "large-numbers-as-strings"),
        keys.contains(prefix + "generation") ? values.whole(prefix + "generation", 0, MANY) : 1,
        freshness(prefix));
  }

  private KeyType keyType(String prefix) {
    return switch (values.text(prefix + "key-type", KEY_TYPE, "whole or text")) {
      case "whole" -> new KeyType.Whole(values.whole(prefix + "key-length", 1, MOST_DIGITS));
      case "text" -> new KeyType.Text(values.whole(prefix + "key-length", 1, 1_000));
      default -> throw new IllegalStateException("the pattern has no other type");
    };
  }

  private Freshness freshness(String prefix) {
    return new Freshness(
        values.duration(own(prefix, "fresh-for"), Duration.ofSeconds(1), DAY),
        values.duration(own(prefix, "stale-for"), NONE, DAY.multipliedBy(30)),
        values.duration(own(prefix, "stale-after"), NONE, MINUTE),
        values.duration(own(prefix, "negative-for"), NONE, DAY),
        values.fraction(own(prefix, "jitter"), 0.5));
  }

  private String own(String prefix, String key) {
    return keys.contains(prefix + key) ? prefix + key : key;
  }

  private static String prefix(String dataset) {
    return "datasets." + dataset + ".";
  }
}
