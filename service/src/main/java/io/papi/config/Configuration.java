package io.papi.config;

import io.papi.cache.NearSettings;
import io.papi.coalesce.CoalesceSettings;
import io.papi.dataset.Dataset;
import io.papi.http.HttpSettings;
import io.papi.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings of a service.
 *
 * @param drainDelay how long a terminated service goes on accepting while it says that it is not
 *     ready
 * @param rows the customers of the embedded store
 * @param startWait how long the start waits for a store that does not answer
 */
public record Configuration(
    HttpSettings http,
    Duration drainDelay,
    int rows,
    Duration startWait,
    StoreSettings store,
    CoalesceSettings coalesce,
    RedisMode redis,
    NearSettings near,
    List<Dataset> datasets) {

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
    return new ConfigurationReader(Layers.read(environment)).read();
  }
}
