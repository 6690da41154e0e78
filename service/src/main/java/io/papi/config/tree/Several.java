package io.papi.config.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How several values are read that stand under one key. */
final class Several {
  /** A comma that does not stand between double quotes. */
  private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  private Several() {}

  static <T> Type<List<T>> list(Type<T> element) {
    return (path, node) ->
        switch (node) {
          case Node.Items(List<Node> nodes, _) -> all(path, nodes, element);
          case Node.Text(String text, Origin origin) ->
              all(
                  path,
                  Stream.of(text.split(COMMA, -1))
                      .<Node>map(part -> new Node.Text(part, origin))
                      .toList(),
                  element);
          case Node.InFile _, Node.Members _ ->
              throw new ConfigurationException(path + " is an object, not a list");
        };
  }

  static <T> Type<Map<String, T>> map(Type<T> value) {
    return (path, node) -> {
      if (!(node instanceof Node.Members(Map<String, Node> byName, _))) {
        throw new ConfigurationException(path + " is a value, not a section with keys of its own");
      }
      Map<String, T> values = new LinkedHashMap<>();
      Problems.ofAll(
          byName.entrySet().stream()
              .map(each -> entry(path, each, value, values))
              .toArray(Runnable[]::new));
      return values;
    };
  }

  private static <T> Runnable entry(
      String path, Map.Entry<String, Node> each, Type<T> value, Map<String, T> values) {
    String name = each.getKey();
    return () -> values.put(name, value.read(path + "." + name, each.getValue()));
  }

  private static <T> List<T> all(String path, List<Node> nodes, Type<T> element) {
    Problems.ofAll(
        nodes.stream()
            .<Runnable>map(node -> () -> element.read(path, node))
            .toArray(Runnable[]::new));
    return nodes.stream().map(node -> element.read(path, node)).toList();
  }
}
