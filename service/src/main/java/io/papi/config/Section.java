package io.papi.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A section of the configuration, read by the keys that its reader declares. Immutable. */
final class Section {
  private final String prefix;
  private final Node.Members members;

  /** The whole configuration. */
  Section(Node.Members members) {
    this("", members);
  }

  private Section(String prefix, Node.Members members) {
    this.prefix = prefix;
    this.members = members;
  }

  /** The whole name of a key, as messages show it. */
  String path(String name) {
    return prefix + name;
  }

  /** The name of a key and its variable, for messages about keys that are not set. */
  String pathAndVariable(Key<?> key) {
    return path(key.name()) + " (" + Environment.variable(path(key.name())) + ")";
  }

  /** Whether a file or the environment sets it, be it to nothing. */
  boolean has(Key<?> key) {
    return members.byName().containsKey(key.name());
  }

  /**
   * A key's value, or its default.
   *
   * @throws ConfigurationException if it has neither, or the value is not allowed
   */
  <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(() -> new ConfigurationException(path(key.name()) + " is not set"));
  }

  /** A key's value, or its default; empty if there is neither, or nothing but blanks. */
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable(members.byName().get(key.name()))
        .or(() -> key.defaultText().map(text -> new Node.Text(text, Sources.HERE)))
        .filter(node -> !(node instanceof Node.Text(String text, _) && text.isBlank()))
        .map(node -> key.type().read(path(key.name()), node));
  }

  /** The section {@code name}, which is empty if nothing is set in it. */
  Section section(String name) {
    return new Section(prefix + name + ".", members.members(name));
  }

  /** The named sections of the collection {@code name}, in the order of their names. */
  Map<String, Section> named(String name) {
    Section collection = section(name);
    Map<String, Section> named = new LinkedHashMap<>();
    collection.members.byName().keySet().forEach(one -> named.put(one, collection.section(one)));
    return named;
  }
}
