package io.papi.config.tree;

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
public final class Environment {
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
  public static String variable(String path) {
    String prefix = path.startsWith(PLATFORM) ? "" : PREFIX;
    return prefix + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /**
   * What the variables set.
   *
   * @param problems takes note of each with our prefix that sets nothing
   */
  public Node.Members tree(Problems problems) {
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
          problems.in(() -> refuse(variable));
        }
      }
    }
    if (!links.isEmpty()) {
      LOG.info("ignored, set by Kubernetes for its Services: {}", String.join(", ", links));
    }
    return tree;
  }

  private void refuse(String variable) {
    throw Spelling.unknown(variable, paths.keySet());
  }

  /** What one variable sets; empty if nothing. */
  private Optional<Node.Members> set(String variable, String value) {
    Optional<String> secret = secretOf(variable);
    List<String> path = paths.get(secret.orElse(variable));
    if (path == null) {
      return Optional.empty();
    }
    if (secret.isEmpty()) {
      return Optional.of(
          at(path, new Node.Text(Characters.ofVariable(value), Origin.ofVariable(variable))));
    }
    if (value.isBlank()) {
      return Optional.of(Node.Members.NONE);
    }
    Optional<String> rival = secret.filter(name -> !variables.getOrDefault(name, "").isBlank());
    return Optional.of(at(path, new Node.InFile(new SecretVariable(variable, value, rival))));
  }

  /** The variable with the secret itself, of one that names the secret's file. */
  private Optional<String> secretOf(String variable) {
    return Optional.of(variable)
        .filter(name -> name.endsWith(SECRET_FILE))
        .map(name -> name.substring(0, name.length() - SECRET_FILE.length()))
        .filter(secrets::contains);
  }

  private static Node.Members at(List<String> path, Node value) {
    Node node = value;
    for (String name : path.reversed()) {
      node = new Node.Members(Map.of(name, node), Origin.BUILT_IN);
    }
    return (Node.Members) node;
  }
}
