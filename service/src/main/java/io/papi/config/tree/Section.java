package io.papi.config.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A section of the configuration, read by the keys that its reader declares. Immutable. */
public final class Section {
  private final String prefix;
  private final Node.Members members;

  /** The whole configuration. */
  public Section(Node.Members members) {
    this("", members);
  }

  private Section(String prefix, Node.Members members) {
    this.prefix = prefix;
    this.members = members;
  }

  /** The whole name of a key, as messages show it. */
  public String path(String name) {
    return prefix + name;
  }

  /** The name of a key and its variable, for messages about keys that are not set. */
  public String pathAndVariable(Key<?> key) {
    return path(key.name()) + " (" + Environment.variable(path(key.name())) + ")";
  }

  /** The name of a key, and where it is set. */
  public String place(Key<?> key) {
    Node node = members.byName().get(key.name());
    return path(key.name()) + (node == null ? "" : " (" + node.origin().shown() + ")");
  }

  /** Whether a file or the environment sets it, be it to nothing. */
  public boolean has(Key<?> key) {
    return members.byName().containsKey(key.name());
  }

  /** Whether it is set to something, be it not allowed. */
  public boolean isGiven(Key<?> key) {
    Node node = members.byName().get(key.name());
    return node != null && !(node instanceof Node.Text(String text, _) && text.isBlank());
  }

  /** Whether it is set to {@code null}, for the keys that make a difference of that. */
  public boolean isNull(Key<?> key) {
    return members.unset().contains(key.name());
  }

  /**
   * Checks the values of {@code keys}, as far as there are any.
   *
   * @throws ConfigurationException that says all that is not allowed
   */
  public void check(List<Key<?>> keys) {
    Problems.ofAll(keys.stream().<Runnable>map(key -> () -> find(key)).toArray(Runnable[]::new));
  }

  /**
   * A key's value, or its default.
   *
   * @throws ConfigurationException if it has neither, or the value is not allowed
   */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> refusal(pathAndVariable(key) + " is not set"));
  }

  /** The refusal of what this section lacks or combines, with the place where it begins. */
  public ConfigurationException refusal(String problem) {
    return new ConfigurationException(members.origin().before(problem));
  }

  /** The refusal of a key's value: its name, followed by {@code problem}. */
  public ConfigurationException refusal(Key<?> key, String problem) {
    Node node = members.byName().get(key.name());
    return new ConfigurationException(
        (node == null ? members : node).origin().before(path(key.name()) + problem));
  }

  /** The refusal of what the object of a key has under {@code name}. */
  public ConfigurationException refusal(Key<Node.Members> key, String name, String problem) {
    Node node = members.members(key.name()).byName().get(name);
    return new ConfigurationException(
        (node == null ? members : node).origin().before(path(key.name()) + "." + name + problem));
  }

  /**
   * What the object of a key has under each name; empty if there is none.
   *
   * @throws ConfigurationException that says all that is not allowed
   */
  public <T> Optional<Map<String, T>> each(Key<Node.Members> key, Type<T> type) {
    return find(key)
        .map(
            object -> {
              Problems problems = new Problems();
              Map<String, T> values = new LinkedHashMap<>();
              object
                  .byName()
                  .forEach(
                      (name, node) ->
                          problems
                              .in(
                                  () ->
                                      Key.of(name, type).read(path(key.name()) + "." + name, node))
                              .ifPresent(value -> values.put(name, value)));
              problems.refuseIfAny();
              return values;
            });
  }

  /** A key's value as it was written. */
  public String text(Key<?> key) {
    return members.byName().get(key.name()) instanceof Node.Text(String text, _)
        ? text
        : key.defaultText().orElse("");
  }

  /** A key's value, or its default; empty if there is neither, or nothing but blanks. */
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable(members.byName().get(key.name()))
        .or(() -> key.defaultText().map(text -> new Node.Text(text, Origin.BUILT_IN)))
        .filter(node -> !(node instanceof Node.Text(String text, _) && text.isBlank()))
        .map(node -> key.read(path(key.name()), node));
  }

  /** The section {@code name}, which is empty if nothing is set in it. */
  public Section section(String name) {
    return new Section(prefix + name + ".", members.members(name));
  }

  /** Whether the collection {@code name} holds something that is no section, told elsewhere. */
  public boolean hasOthers(String name) {
    return !members.members(name).byName().values().stream()
        .allMatch(Node.Members.class::isInstance);
  }

  /** The named sections of the collection {@code name}, in the order of their names. */
  public Map<String, Section> named(String name) {
    Section collection = section(name);
    Map<String, Section> named = new LinkedHashMap<>();
    collection
        .members
        .byName()
        .forEach(
            (one, node) -> {
              if (node instanceof Node.Members) {
                named.put(one, collection.section(one));
              }
            });
    return named;
  }
}
