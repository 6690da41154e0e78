package io.papi.http.format;

import java.util.ArrayList;
import java.util.List;

/** Lists in headers, whose members may have quoted strings (RFC 9110, section 5.6.4). */
final class Quoted {
  private Quoted() {}

  /** The parts of {@code text} between separators that are in no quoted string; at least one. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == separator) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
