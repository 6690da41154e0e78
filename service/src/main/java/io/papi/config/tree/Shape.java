package io.papi.config.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a section may hold. Immutable.
 *
 * @param keys its keys
 * @param sections sections in it, by name
 * @param collections sections in it that hold any number of named sections of one shape
 */
public record Shape(
    List<Key<?>> keys, Map<String, Shape> sections, Map<String, Shape> collections) {

  public Shape {
    keys = List.copyOf(keys);
    sections = Map.copyOf(sections);
    collections = Map.copyOf(collections);
  }

  public static Shape of(List<Key<?>> keys) {
    return new Shape(keys, Map.of(), Map.of());
  }

  /** This with one more section. */
  public Shape with(String name, Shape section) {
    Map<String, Shape> more = new LinkedHashMap<>(sections);
    more.put(name, section);
    return new Shape(keys, more, collections);
  }

  /** This with a collection of named sections. */
  public Shape withNamed(String name, Shape each) {
    Map<String, Shape> more = new LinkedHashMap<>(collections);
    more.put(name, each);
    return new Shape(keys, sections, more);
  }

  /**
   * Refuses what has no place here.
   *
   * @param prefix what stands before the names in {@code members}, with its dot
   * @throws ConfigurationException that names each key, and the nearest that there is
   */
  public void check(String prefix, Node.Members members) {
    Problems.ofAll(
        members.byName().entrySet().stream()
            .<Runnable>map(each -> () -> check(prefix, each.getKey(), each.getValue()))
            .toArray(Runnable[]::new));
  }

  private void check(String prefix, String name, Node node) {
    String path = prefix + name;
    Shape section = sections.get(name);
    Shape each = collections.get(name);
    if (section != null) {
      section.check(path + ".", object(path, node));
    } else if (each != null) {
      object(path, node).byName().forEach((one, member) -> each.checkDots(path, one, member));
      Shape named = new Shape(List.of(), collectionOf(each, object(path, node)), Map.of());
      named.check(path + ".", object(path, node));
    } else if (keys.stream().noneMatch(key -> key.name().equals(name))) {
      throw Spelling.unknown(path, names().stream().map(n -> prefix + n).toList())
          .at(node.origin());
    }
  }

  /** HOCON takes a name with a dot for two names, unless it stands between double quotes. */
  private void checkDots(String path, String name, Node node) {
    if (node instanceof Node.Members members) {
      members
          .byName()
          .forEach(
              (one, member) -> {
                boolean isNear = Spelling.nearest(one, names()).isPresent();
                if (member instanceof Node.Members && !isNear) {
                  throw new ConfigurationException(
                          "%s.%s.%s is no key of this service: put double quotes around a name with a dot, \"%s.%s\""
                              .formatted(path, name, one, name, one))
                      .at(member.origin());
                }
              });
    }
  }

  private static Map<String, Shape> collectionOf(Shape each, Node.Members named) {
    return named.byName().keySet().stream().collect(Collectors.toMap(name -> name, _ -> each));
  }

  /**
   * Every key that may be set, with the names that lead to it; of named sections those in {@code
   * members}.
   *
   * @param prefix the names that lead here
   */
  public void forEach(
      List<String> prefix, Node.Members members, BiConsumer<List<String>, Key<?>> action) {
    keys.forEach(key -> action.accept(plus(prefix, key.name()), key));
    sections.forEach(
        (name, section) -> section.forEach(plus(prefix, name), members.members(name), action));
    collections.forEach(
        (name, each) -> {
          Node.Members named = members.members(name);
          named
              .byName()
              .keySet()
              .forEach(
                  one -> each.forEach(plus(plus(prefix, name), one), named.members(one), action));
        });
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(sections.keySet());
    names.addAll(collections.keySet());
    keys.forEach(key -> names.add(key.name()));
    return names;
  }

  private static Node.Members object(String path, Node node) {
    if (node instanceof Node.Members members) {
      return members;
    }
    throw new ConfigurationException(path + " is a value, not a section with keys of its own")
        .at(node.origin());
  }

  private static List<String> plus(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }
}
