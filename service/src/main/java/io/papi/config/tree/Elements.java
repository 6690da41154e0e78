package io.papi.config.tree;

import java.util.List;
import java.util.stream.Stream;

/** How the values of a list are read. */
final class Elements {
  /** A comma that does not stand between double quotes. */
  private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  private Elements() {}

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

  private static <T> List<T> all(String path, List<Node> nodes, Type<T> element) {
    Problems.ofAll(
        nodes.stream()
            .<Runnable>map(node -> () -> element.read(path, node))
            .toArray(Runnable[]::new));
    return nodes.stream().map(node -> element.read(path, node)).toList();
  }
}
