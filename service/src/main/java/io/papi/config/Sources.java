package io.papi.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.spi.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where configuration comes from: the built-in file, over it the file that {@code PAPI_CONFIG}
 * names, over both the environment.
 */
final class Sources {
  /** What relative paths start from that no file holds: the folder in which the service started. */
  static final Path HERE = Path.of("");

  private Sources() {}

  /**
   * The tree of all three.
   *
   * @throws ConfigurationException if a file cannot be read, or something has no place in {@code
   *     shape}
   */
  static Node.Members read(Map<String, String> environment, Shape shape) {
    Node.Members tree = builtIn();
    String file = environment.get(Environment.FILE);
    if (file != null) {
      Node.Members own = file(file);
      shape.check("", own);
      tree = Node.merge(tree, own);
    }
    return Node.merge(tree, new Environment(environment, shape, tree).tree());
  }

  /** What the built-in file says. */
  static Node.Members builtIn() {
    return parse(ConfigSources.classpath("application.conf"), HERE);
  }

  private static Node.Members file(String name) {
    Path file = Path.of(name);
    if (!Files.isReadable(file)) {
      throw new ConfigurationException(Environment.FILE + ": " + name + " cannot be read");
    }
    Path folder = Optional.ofNullable(file.getParent()).orElse(HERE);
    return parse(ConfigSources.file(file), folder);
  }

  private static Node.Members parse(Supplier<? extends ConfigSource> source, Path base) {
    try {
      Config root =
          Config.builder(source)
              .disableEnvironmentVariablesSource()
              .disableSystemPropertiesSource()
              .build();
      return members(root, base);
    } catch (ConfigException e) {
      throw new ConfigurationException("the configuration file is not HOCON: " + e.getMessage());
    }
  }

  private static Node.Members members(Config object, Path base) {
    Map<String, Node> members = new TreeMap<>();
    for (Config child : object.asNodeList().orElseThrow()) {
      node(child, base).ifPresent(node -> members.put(child.name(), node));
    }
    return new Node.Members(members);
  }

  private static Optional<Node> node(Config config, Path base) {
    return switch (config.type()) {
      case OBJECT -> Optional.of(members(config, base));
      case LIST ->
          Optional.of(
              new Node.Items(
                  config.asNodeList().orElseThrow().stream()
                      .flatMap(item -> node(item, base).stream())
                      .toList()));
      case VALUE -> Optional.of(new Node.Text(config.asString().orElseThrow(), base));
      case MISSING -> Optional.empty();
    };
  }
}
