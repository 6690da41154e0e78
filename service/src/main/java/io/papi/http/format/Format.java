package io.papi.http.format;

import io.helidon.http.HeaderNames;
import io.papi.dataset.Choice;
import io.papi.http.exchange.JoinedHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A format in which rows are sent. The first are preferred where a caller likes several alike. */
public enum Format implements Choice {
  /** An array of objects: the rows as they are cached. */
  JSON("application/json", 0, "application/json"),
  /** The object of each row on a line of its own. */
  NDJSON(
      "application/x-ndjson",
      0x6A09_E667_F3BC_C909L,
      "application/x-ndjson",
      "application/ndjson",
      "application/jsonl"),
  /** A header line, and a line for each row (RFC 4180, RFC 7111). */
  CSV("text/csv; charset=utf-8; header=present", 0xBB67_AE85_84CA_A73BL, "text/csv"),
  /** An element for each row, with an element for each column in it (ISO 9075-14, SQL/XML). */
  XML("application/xml; charset=utf-8", 0x3C6E_F372_FE94_F82BL, "application/xml", "text/xml");

  private final String contentType;
  private final long salt;
  private final List<String> mediaTypes;

  /**
   * @param salt makes the tags of formats differ; another number where what a format writes
   *     changes, so that nobody takes what they keep for what would be sent
   * @param mediaTypes what callers may write in {@code Accept}, the right one first
   */
  Format(String contentType, long salt, String... mediaTypes) {
    this.contentType = contentType;
    this.salt = salt;
    this.mediaTypes = List.of(mediaTypes);
  }

  /** What callers may write in {@code Accept}, the right one first; in lower case. */
  List<String> mediaTypes() {
    return mediaTypes;
  }

  /** The tag in this format of rows whose JSON has the tag {@code json}. */
  long tag(long json) {
    return json ^ salt;
  }

  /**
   * The headers that say what the body is.
   *
   * @param name what a browser calls the file that it saves
   */
  JoinedHeaders headers(String name) {
    JoinedHeaders type = JoinedHeaders.of(HeaderNames.CONTENT_TYPE, contentType);
    return switch (this) {
      case JSON -> type;
      case NDJSON, XML -> unguessed(type);
      // Cells are sent as they are, so a spreadsheet must not open them in passing.
      case CSV ->
          unguessed(type)
              .and(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"");
    };
  }

  private static JoinedHeaders unguessed(JoinedHeaders type) {
    return type.and(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
  }

  /** The words of all formats, as a problem lists them. */
  static String words() {
    return listed(Arrays.stream(values()).map(Format::word).toList());
  }

  /** The media types of all formats, as a problem lists them. */
  static String types() {
    return listed(Arrays.stream(values()).map(each -> each.mediaTypes.getFirst()).toList());
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return names.stream().limit(last).collect(Collectors.joining(", ")) + " or " + names.get(last);
  }
}
