package io.papi.http.format;

import io.helidon.http.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.JoinedHeaders;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The answers of one query in all formats: an answer is kept as the JSON array of its row objects,
 * and the other formats are made of that for each caller. Thread-safe.
 */
public final class Formats {
  private static final int EMPTY_ARRAY = "[]".length();

  /** A short answer grows by the text around it, a long one by less than this. */
  private static final int MIN_BYTES = 256;

  private static final int STREAM_BYTES = 32 * 1024;

  private final Supplier<List<String>> columns;
  private final Counter replaced;
  private final Map<Format, JoinedHeaders> headers = new EnumMap<>(Format.class);

  /**
   * @param name of the query: letters, digits and dashes
   * @param columns as answers show them; none while they are not known yet
   */
  public Formats(String name, Supplier<List<String>> columns, MeterRegistry meters) {
    this.columns = columns;
    this.replaced =
        Counter.builder("papi.xml.replaced")
            .description("Characters replaced because XML cannot hold them")
            .tag("dataset", name)
            .register(meters);
    for (Format format : Format.values()) {
      headers.put(format, format.headers(name));
    }
  }

  /** The media type, and what else belongs to the format. */
  public JoinedHeaders headers(Format format) {
    JoinedHeaders known = headers.get(format);
    if (known == null) {
      throw new IllegalArgumentException("no headers for " + format);
    }
    return known;
  }

  /**
   * A strong tag of the body that {@link #body} would make.
   *
   * @throws ProblemException 503 where the columns are needed and not known
   */
  public long tag(Format format, Row answer) {
    long tag = format.tag(answer.tag());
    // Its header line is all that it has, and comes from elsewhere.
    return format == Format.CSV && answer.length() == EMPTY_ARRAY
        ? tag ^ knownColumns().hashCode()
        : tag;
  }

  /**
   * An answer in a format.
   *
   * @param answer the JSON array of its row objects
   * @throws ProblemException 503 where the columns are needed and not known
   */
  public Body body(Format format, Row answer) {
    return switch (format) {
      case JSON -> new AsItIs(answer);
      case NDJSON -> {
        Utf8Buffer lines = new Utf8Buffer(answer.length() + MIN_BYTES);
        RowReader.copyLines(bytes(answer), lines);
        yield lines;
      }
      case CSV -> {
        byte[] json = bytes(answer);
        List<String> names = RowReader.columns(json);
        yield written(format, names.isEmpty() ? knownColumns() : names, json);
      }
      case XML -> {
        byte[] json = bytes(answer);
        yield written(format, RowReader.columns(json), json);
      }
    };
  }

  /** What writes rows in a format, as they come. */
  public FormatStream stream(Format format) {
    Utf8Buffer buffer = new Utf8Buffer(STREAM_BYTES);
    return new FormatStream(writer(format, buffer), buffer);
  }

  private RowWriter writer(Format format, Utf8Buffer out) {
    return switch (format) {
      case JSON -> JsonRows.inAnArray(out);
      case NDJSON -> JsonRows.onLines(out);
      case CSV -> new Csv(out);
      case XML -> new Xml(out, replaced);
    };
  }

  private record AsItIs(Row answer) implements Body {
    @Override
    public int length() {
      return answer.length();
    }

    @Override
    public void copyTo(byte[] target, int offset) {
      answer.copyTo(target, offset);
    }
  }

  private Body written(Format format, List<String> columns, byte[] json) {
    Utf8Buffer out = new Utf8Buffer(json.length + MIN_BYTES);
    RowWriter writer = writer(format, out);
    writer.begin(columns);
    RowReader.giveAll(json, columns, writer);
    writer.end();
    return out;
  }

  private List<String> knownColumns() {
    List<String> known = columns.get();
    if (known.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              Status.SERVICE_UNAVAILABLE_503,
              "the columns are not known before the store has been reached"));
    }
    return known;
  }

  private static byte[] bytes(Row answer) {
    byte[] json = new byte[answer.length()];
    answer.copyTo(json, 0);
    return json;
  }
}
