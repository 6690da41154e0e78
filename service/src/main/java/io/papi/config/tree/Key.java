package io.papi.config.tree;

import java.util.Optional;

/**
 * A key of a section, declared once.
 *
 * @param name lower-case words joined by dashes
 * @param type the values that it takes
 * @param defaultText what holds where neither a file nor the environment has the key; the keys of
 *     the built-in file have theirs there
 * @param isSecret whether its value may come from a file that {@code <VARIABLE>_FILE} names
 */
public record Key<T>(String name, Type<T> type, Optional<String> defaultText, boolean isSecret) {

  /**
   * Reads a value of this key.
   *
   * @param path the key's whole name
   * @throws ConfigurationException that says where the value was written, too
   */
  public T read(String path, Node node) {
    try {
      AsWritten.check(path, node);
      return type.read(path, node);
    } catch (ConfigurationException e) {
      throw e.at(node.origin());
    }
  }

  /** A key whose default, if it has one, is in the built-in file. */
  public static <T> Key<T> of(String name, Type<T> type) {
    return new Key<>(name, type, Optional.empty(), false);
  }

  /** A key of a section that can be there several times, and so has no built-in file. */
  public static <T> Key<T> of(String name, Type<T> type, String defaultText) {
    return new Key<>(name, type, Optional.of(defaultText), false);
  }

  /** A key whose value may be or hold a secret. */
  public static <T> Key<T> secret(String name, Type<T> type) {
    return new Key<>(name, type, Optional.empty(), true);
  }
}
