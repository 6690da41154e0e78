package io.papi.http.dataset.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.io.JsonStringEncoder;

/** The columns of a dataset's rows, by the names that answers show, in their order. Immutable. */
final class Columns {
  private final List<String> names;
  private final byte[][] members;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * @param names as answers show them
   */
  Columns(List<String> names) {
    this.names = List.copyOf(names);
    this.members = new byte[names.size()][];
    for (int i = 0; i < members.length; i++) {
      members[i] = member(names.get(i));
      places.put(names.get(i), i);
    }
  }

  int count() {
    return members.length;
  }

  List<String> names() {
    return names;
  }

  /** The place of a name, counted from 0. */
  OptionalInt place(String name) {
    Integer place = places.get(name);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** The column at {@code place} as the name of a member of a row: its quotes with it. */
  byte[] member(int place) {
    return members[place];
  }

  private static byte[] member(String name) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    byte[] quoted = new byte[escaped.length + 2];
    quoted[0] = '"';
    System.arraycopy(escaped, 0, quoted, 1, escaped.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }
}
