package io.papi.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that environment variables set: {@code redis-timeout} is {@code PAPI_REDIS_TIMEOUT}, and
 * the keys under {@code snowflake} have the platform's own names.
 */
final class Environment {
  private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

  /** The variable that names the configuration file. */
  static final String FILE = "PAPI_CONFIG";

  private static final String PREFIX = "PAPI_";
  private static final String PLATFORM = "snowflake.";

  /** What a variable ends with that names the file of a secret. */
  private static final String SECRET_FILE = "_FILE";

  private final Map<String, String> variables;
  private final Map<String, List<String>> paths = new TreeMap<>();
  private final Set<String> secrets = new TreeSet<>();

  /**
   * @param present what the files say: named sections can be changed here, not made
   */
  Environment(Map<String, String> variables, Shape shape, Node.Members present) {
    this.variables = variables;
    shape.forEach(
        List.of(),
        present,
        (path, key) -> {
          String variable = variable(String.join(".", path));
          paths.put(variable, path);
          if (key.isSecret()) {
            secrets.add(variable);
          }
        });
  }

  /** The environment's name of a key. */
  static String variable(String path) {
    String prefix = path.startsWith(PLATFORM) ? "" : PREFIX;
    return prefix + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /**
   * What the variables set.
   *
   * @throws ConfigurationException if one with our prefix sets nothing, or names a secret's file
   *     that cannot be read
   */
  Node.Members tree() {
    Node.Members tree = Node.Members.NONE;
    Set<String> links = new TreeSet<>();
    for (Map.Entry<String, String> each : new TreeMap<>(variables).entrySet()) {
      String variable = each.getKey();
      String value = each.getValue();
      boolean isOurs = paths.containsKey(variable) || variable.startsWith(PREFIX);
      if (isOurs && ServiceLinks.isOne(variable, value)) {
        links.add(variable);
      } else if (!variable.equals(FILE)) {
        Optional<Node.Members> set = set(variable, value);
        if (set.isPresent()) {
          tree = Node.merge(tree, set.get());
        } else if (variable.startsWith(PREFIX)) {
          throw Spelling.unknown(variable, paths.keySet());
        }
      }
    }
    if (!links.isEmpty()) {
      LOG.info("ignored, set by Kubernetes for its Services: {}", String.join(", ", links));
    }
    return tree;
  }

  /** What one variable sets; empty if nothing. */
  private Optional<Node.Members> set(String variable, String value) {
    List<String> path = paths.get(variable);
    if (path != null) {
      return Optional.of(at(path, value));
    }
    if (!variable.endsWith(SECRET_FILE)) {
      return Optional.empty();
    }
    String secret = variable.substring(0, variable.length() - SECRET_FILE.length());
    return secrets.contains(secret)
        ? Optional.ofNullable(paths.get(secret)).map(known -> at(known, secret(variable, value)))
        : Optional.empty();
  }

  private static Node.Members at(List<String> path, String value) {
    Node node = new Node.Text(value, Sources.HERE);
    for (String name : path.reversed()) {
      node = new Node.Members(Map.of(name, node));
    }
    return (Node.Members) node;
  }

  private static String secret(String variable, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new ConfigurationException(variable + ": " + file + " cannot be read");
    }
  }
}
