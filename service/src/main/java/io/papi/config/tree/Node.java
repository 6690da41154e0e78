package io.papi.config.tree;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A part of the configuration's tree, as it was written. Immutable. */
public sealed interface Node {

  Origin origin();

  /** A single value. */
  record Text(String text, Origin origin) implements Node {}

  /** A secret in a file of its own, which is read only when somebody asks for the secret. */
  record InFile(SecretVariable variable) implements Node {

    @Override
    public Origin origin() {
      return Origin.ofVariable(variable.name());
    }
  }

  /** A list. */
  record Items(List<Node> nodes, Origin origin) implements Node {

    public Items {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * An object: its members by name.
   *
   * @param unset the names that are set to {@code null}, which for most keys sets nothing
   */
  record Members(Map<String, Node> byName, Set<String> unset, Origin origin) implements Node {
    public static final Members NONE = new Members(Map.of(), Origin.BUILT_IN);

    public Members {
      byName = Collections.unmodifiableMap(new TreeMap<>(byName));
      unset = Set.copyOf(unset);
    }

    public Members(Map<String, Node> byName, Origin origin) {
      this(byName, Set.of(), origin);
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
    Set<String> unset = new HashSet<>(below.unset());
    unset.addAll(above.unset());
    unset.removeAll(merged.keySet());
    return new Members(merged, unset, below.origin());
  }
}
