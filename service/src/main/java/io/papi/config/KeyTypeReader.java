package io.papi.config;

import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.KeyType;
import java.util.List;

/** Reads what the values of a key look like. Immutable. */
final class KeyTypeReader {
  private static final int MAX_DIGITS = 38;
  private static final int MAX_CHARACTERS = 1_000;

  /** Of a dataset's own key. */
  static final KeyTypeReader OWN = new KeyTypeReader("key-");

  /** Of an alternate key, in a section of its own. */
  static final KeyTypeReader ALTERNATE = new KeyTypeReader("");

  private final Key<Kind> kind;
  private final Key<Integer> characters;
  private final Key<Integer> digits;

  private enum Kind {
    WHOLE,
    TEXT
  }

  /**
   * @param prefix what stands before the names of its keys
   */
  private KeyTypeReader(String prefix) {
    String length = prefix + "length";
    this.kind = Key.of(prefix + "type", Type.oneOf(Kind.class), "whole");
    this.characters = Key.of(length, Type.whole(1, MAX_CHARACTERS));
    this.digits = Key.of(length, Type.whole(1, MAX_DIGITS), String.valueOf(MAX_DIGITS));
  }

  List<Key<?>> keys() {
    return List.of(kind, characters);
  }

  KeyType read(Section section) {
    return switch (section.get(kind)) {
      case WHOLE -> new KeyType.Whole(section.get(digits));
      case TEXT -> new KeyType.Text(section.get(characters));
    };
  }
}
