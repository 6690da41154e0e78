package io.papi.config;

import io.papi.cache.NearSettings;
import io.papi.coalesce.CoalesceSettings;
import io.papi.dataset.Dataset;
import io.papi.http.HttpSettings;
import io.papi.secret.Secret;
import io.papi.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of a service.
 *
 * @param drainDelay how long a terminated service goes on accepting while it says that it is not
 *     ready
 * @param startWait how long the start waits for a store that does not answer
 * @param namesSecret hides the values of alternate keys in the names that Redis has; empty if each
 *     process has its own
 * @param near empty if there is no near cache
 */
public record Configuration(
    HttpSettings http,
    Duration drainDelay,
    Duration startWait,
    LogFormat logFormat,
    StoreMode storeMode,
    StoreSettings store,
    CoalesceSettings coalesce,
    RedisMode redis,
    Optional<Secret> namesSecret,
    Optional<NearSettings> near,
    List<Dataset> datasets,
    Queries queries) {

  /** Where Snowpark Container Services keeps the token of a container. */
  private static final Path SESSION_TOKEN = Path.of("/snowflake/session/token");

  public Configuration {
    datasets = List.copyOf(datasets);
  }

  /**
   * Reads the built-in defaults, over them the file that {@code PAPI_CONFIG} names, over that the
   * environment.
   *
   * @throws ConfigurationException if a key is unknown or a value is not allowed
   */
  public static Configuration read(Map<String, String> environment) {
    return read(environment, SESSION_TOKEN);
  }

  /**
   * Reads the same where the container service's token would be at {@code sessionToken}.
   *
   * @throws ConfigurationException if a key is unknown or a value is not allowed
   */
  public static Configuration read(Map<String, String> environment, Path sessionToken) {
    return read(environment, sessionToken, Runtime.getRuntime().maxMemory());
  }

  /** Reads the same for a heap of at most {@code heapBytes}. */
  static Configuration read(Map<String, String> environment, Path sessionToken, long heapBytes) {
    return ConfigurationReader.read(environment, sessionToken, heapBytes);
  }
}
