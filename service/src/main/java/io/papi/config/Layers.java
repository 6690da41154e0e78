package io.papi.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.spi.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers of configuration, laid over each other: key by key, a list as a whole. A key that the
 * built-in file does not have is unknown.
 */
final class Layers {
  private static final Logger LOG = LoggerFactory.getLogger(Layers.class);

  private static final String PREFIX = "PAPI_";

  /** The keys under it have the platform's names in the environment, without our prefix. */
  private static final String PLATFORM = "snowflake.";

  private static final String FILE_VARIABLE = "PAPI_CONFIG";
  private static final String FILE_SUFFIX = "_FILE";

  /** Keys whose value may hold a secret, and so may come from a file. */
  private static final Set<String> SECRETS =
      Set.of("redis", "snowflake.password", "snowflake.private-key-passphrase", "snowflake.token");

  private static final Pattern DATASET_KEY = Pattern.compile("datasets\\.([^.]+)\\.([^.]+)");
  private static final String MODEL_DATASET = "customer";

  private Layers() {}

  /** All keys with their values; the elements of a list are joined by commas. */
  static Map<String, String> read(Map<String, String> environment) {
    Map<String, String> values = file(ConfigSources.classpath("application.conf"));
    Set<String> known = Set.copyOf(values.keySet());
    String path = environment.get(FILE_VARIABLE);
    if (path != null) {
      if (!Files.isReadable(Path.of(path))) {
        throw new ConfigurationException(FILE_VARIABLE + ": " + path + " cannot be read");
      }
      Map<String, String> file = file(ConfigSources.file(path));
      file.keySet().forEach(key -> checkKnown(key, known));
      values.putAll(file);
    }
    values.putAll(environment(environment, values.keySet(), known));
    return values;
  }

  private static Map<String, String> file(Supplier<? extends ConfigSource> source) {
    Map<String, String> values = new TreeMap<>();
    try {
      Config root =
          Config.builder(source)
              .disableEnvironmentVariablesSource()
              .disableSystemPropertiesSource()
              .build();
      flatten(root, values);
    } catch (ConfigException e) {
      throw new ConfigurationException("the configuration file is not HOCON: " + e.getMessage());
    }
    return values;
  }

  private static void flatten(Config node, Map<String, String> values) {
    switch (node.type()) {
      case OBJECT -> node.asNodeList().orElseThrow().forEach(child -> flatten(child, values));
      case LIST ->
          values.put(
              node.key().toString(),
              node.asList(String.class).orElseThrow().stream().collect(Collectors.joining(",")));
      case VALUE -> values.put(node.key().toString(), node.asString().orElseThrow());
      case MISSING -> {}
    }
  }

  private static Map<String, String> environment(
      Map<String, String> environment, Set<String> present, Set<String> known) {
    Map<String, String> keysByVariable = new HashMap<>();
    for (String key : present) {
      keysByVariable.put(variable(key), key);
      Matcher dataset = DATASET_KEY.matcher(key);
      if (dataset.matches()) {
        for (String sub : datasetKeys(known)) {
          String sibling = "datasets." + dataset.group(1) + "." + sub;
          keysByVariable.put(variable(sibling), sibling);
        }
      }
    }
    Map<String, String> values = new TreeMap<>();
    Set<String> links = new TreeSet<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.equals(FILE_VARIABLE)) {
            return;
          }
          String key = keysByVariable.get(variable);
          if ((key != null || variable.startsWith(PREFIX)) && ServiceLinks.isOne(variable, value)) {
            links.add(variable);
            return;
          }
          if (key != null) {
            values.put(key, value);
            return;
          }
          String secret =
              variable.endsWith(FILE_SUFFIX)
                  ? keysByVariable.get(
                      variable.substring(0, variable.length() - FILE_SUFFIX.length()))
                  : null;
          if (secret != null && SECRETS.contains(secret)) {
            values.put(secret, secret(variable, value));
          } else if (variable.startsWith(PREFIX)) {
            throw new ConfigurationException(variable + " is no key of this service");
          }
        });
    if (!links.isEmpty()) {
      LOG.info("ignored, set by Kubernetes for its Services: {}", String.join(", ", links));
    }
    return values;
  }

  private static String secret(String variable, String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      throw new ConfigurationException(variable + ": " + path + " cannot be read");
    }
  }

  private static void checkKnown(String key, Set<String> known) {
    Matcher dataset = DATASET_KEY.matcher(key);
    if (dataset.matches() ? !datasetKeys(known).contains(dataset.group(2)) : !known.contains(key)) {
      throw new ConfigurationException(key + " is no key of this service");
    }
  }

  /** What may be said of a dataset: what the built-in one says, and its own freshness. */
  private static Set<String> datasetKeys(Set<String> known) {
    Set<String> keys = new HashSet<>(ConfigurationReader.FRESHNESS_KEYS);
    for (String key : known) {
      Matcher dataset = DATASET_KEY.matcher(key);
      if (dataset.matches() && dataset.group(1).equals(MODEL_DATASET)) {
        keys.add(dataset.group(2));
      }
    }
    return keys;
  }

  /** The environment's name of a key. */
  static String variable(String key) {
    String prefix = key.startsWith(PLATFORM) ? "" : PREFIX;
    return prefix + key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }
}
