package io.papi.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A part of the configuration's tree, as it was written. Immutable. */
sealed interface Node {

  /**
   * A single value.
   *
   * @param base the folder that a relative path in it starts from
   */
  record Text(String text, Path base) implements Node {}

  /** A list. */
  record Items(List<Node> nodes) implements Node {

    public Items {
      nodes = List.copyOf(nodes);
    }
  }

  /** An object: its members by name. */
  record Members(Map<String, Node> byName) implements Node {
    static final Members NONE = new Members(Map.of());

    public Members {
      byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** The members {@code name} of this, where that is an object; else none. */
    Members members(String name) {
      return byName.get(name) instanceof Members members ? members : NONE;
    }
  }

  /** {@code above} laid over {@code below}: objects member by member, all else as a whole. */
  static Node merge(Node below, Node above) {
    return below instanceof Members lower && above instanceof Members upper
        ? merge(lower, upper)
        : above;
  }

  /** The members of both; where both have one, {@code above}'s over {@code below}'s. */
  static Members merge(Members below, Members above) {
    Map<String, Node> merged = new TreeMap<>(below.byName());
    above.byName().forEach((name, node) -> merged.merge(name, node, Node::merge));
    return new Members(merged);
  }
}
