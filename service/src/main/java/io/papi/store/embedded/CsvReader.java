package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * Reads a CSV file (RFC 4180) in UTF-8, with or without a byte order mark, row by row. Nothing
 * between two commas is null, and {@code ""} is an empty text; blanks around a value without quotes
 * do not count, and empty lines are skipped. Not thread-safe.
 */
final class CsvReader implements AutoCloseable {
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(CsvReadFeature.TRIM_SPACES)
          .enable(CsvReadFeature.SKIP_EMPTY_LINES)
          .enable(CsvReadFeature.EMPTY_UNQUOTED_STRING_AS_NULL)
          .build();

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final Path file;
  private final JsonParser parser;
  private int line;

  /**
   * @throws CannotLoadException if it cannot be read
   */
  CsvReader(Path file) {
    this.file = file;
    try {
      this.parser = CSV.createParser(ObjectReadContext.empty(), reader(file));
      parser.nextToken();
    } catch (IOException | JacksonException e) {
      throw refusal(e);
    }
  }

  private static Reader reader(Path file) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /**
   * The values of the next row; none at the end.
   *
   * @throws CannotLoadException if it is not well formed
   */
  @Nullable String[] next() {
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return new String[0];
      }
      line = parser.currentLocation().getLineNr();
      List<@Nullable String> row = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        row.add(token == JsonToken.VALUE_NULL ? null : parser.getString());
      }
      return row.toArray(String[]::new);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /** The refusal of the row that was read last. */
  CannotLoadException refusal(String problem) {
    return new CannotLoadException(file + ":" + line + ": " + problem);
  }

  /** The line on which the row that was read last begins. */
  int line() {
    return line;
  }

  private CannotLoadException refusal(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return new CannotLoadException(file + " is not text in UTF-8: save it as that");
      }
      if (cause instanceof IOException) {
        return new CannotLoadException(file + " cannot be read");
      }
    }
    return refusal(
        "a quote is not closed, or something follows it: a quote inside a value is written twice");
  }

  @Override
  public void close() {
    parser.close();
  }
}
