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
  JSON("application/json", "", 0),
  /** The object of each row on a line of its own. */
  NDJSON("application/x-ndjson", "", 0x6A09_E667_F3BC_C909L),
  /** A header line, and a line for each row (RFC 4180, RFC 7111). */
  CSV("text/csv", "; charset=utf-8; header=present", 0xBB67_AE85_84CA_A73BL),
  /** An element for each row, with an element for each column in it (ISO 9075-14, SQL/XML). */
  XML("application/xml", "; charset=utf-8", 0x3C6E_F372_FE94_F82BL);

  private final String mediaType;
  private final String parameters;
  private final long salt;

  /**
   * @param parameters of the media type, as they are sent
   * @param salt makes the tags of formats differ; another number where what a format writes
   *     changes, so that nobody takes what they keep for what would be sent
   */
  Format(String mediaType, String parameters, long salt) {
    this.mediaType = mediaType;
    this.parameters = parameters;
    this.salt = salt;
  }

  /** The media type that is sent, without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** The media types that callers write in {@code Accept} when they mean this one. */
  List<String> otherMediaTypes() {
    return switch (this) {
      case JSON, CSV -> List.of();
      case NDJSON -> List.of("application/ndjson", "application/jsonl");
      case XML -> List.of("text/xml");
    };
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
    JoinedHeaders type = JoinedHeaders.of(HeaderNames.CONTENT_TYPE, mediaType + parameters);
    return switch (this) {
      case JSON, NDJSON, XML -> type;
      // Cells are sent as they are, so a spreadsheet must not open them in passing.
      case CSV ->
          type.and(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"");
    };
  }

  /** The words of all formats, as a problem lists them. */
  static String words() {
    return listed(Arrays.stream(values()).map(Format::word).toList());
  }

  /** The media types of all formats, as a problem lists them. */
  static String types() {
    return listed(Arrays.stream(values()).map(Format::mediaType).toList());
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return names.stream().limit(last).collect(Collectors.joining(", ")) + " or " + names.get(last);
  }
}
