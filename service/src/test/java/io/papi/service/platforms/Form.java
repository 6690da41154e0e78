package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Text of which the first part is for the fields of a platform's form, a line each, and the second
 * one, after an empty line, for a message.
 *
 * @param headers names and values by turns
 */
record Form(Map<String, String> fields, List<String> headers, String message) {
  static Form read(String text) {
    String[] parts = text.split("\n\n", -1);
    assertThat(parts).as(text).hasSize(2);
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> headers = new ArrayList<>();
    for (String line : parts[0].split("\n", -1)) {
      String[] pair = line.split(": ", 2);
      if (pair[0].equals("Header")) {
        headers.addAll(List.of(pair[1].split(": ", 2)));
      } else {
        fields.put(pair[0], pair[1]);
      }
    }
    return new Form(fields, headers, parts[1]);
  }

  /** What stands in a field. */
  String field(String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }
}
