package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.http.exchange.Body;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Answers as readers of others see them, and what they should see. */
final class ReadBack {
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY)
          .enable(CsvReadFeature.EMPTY_UNQUOTED_STRING_AS_NULL)
          .build();

  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-F]{4}|[0-9A-F]{6})_");

  private ReadBack() {}

  static byte[] bytes(Body body) {
    byte[] bytes = new byte[body.length()];
    body.copyTo(bytes, 0);
    return bytes;
  }

  static String text(Body body) {
    return new String(bytes(body), UTF_8);
  }

  /** The lines of CSV: the header line, then the rows. Nothing is NULL. */
  static List<List<Optional<String>>> csv(Body body) {
    List<List<Optional<String>>> lines = new ArrayList<>();
    try (JsonParser parser =
        CSV.createParser(ObjectReadContext.empty(), new StringReader(text(body)))) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        List<Optional<String>> line = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
          line.add(isNull ? Optional.empty() : Optional.of(parser.getString()));
        }
        lines.add(line);
      }
    }
    return lines;
  }

  /** What a reader of CSV should get. */
  static List<List<Optional<String>>> csv(SomeRows some) {
    List<List<Optional<String>>> lines = new ArrayList<>();
    lines.add(some.columns().stream().map(ReadBack::wellFormed).map(Optional::of).toList());
    for (List<SomeRows.Cell> row : some.rows()) {
      lines.add(
          row.stream()
              .map(SomeRows.Cell::text)
              .map(text -> row.size() == 1 ? Optional.of(text.orElse("")) : text)
              .map(text -> text.map(ReadBack::wellFormed))
              .toList());
    }
    return lines;
  }

  /** The name and the text of each element in each record. */
  static List<List<List<String>>> xml(Body body) throws Exception {
    List<List<List<String>>> records = new ArrayList<>();
    DefaultHandler handler =
        new DefaultHandler() {
          private final StringBuilder text = new StringBuilder();
          private int depth;

          @Override
          public void startElement(String uri, String local, String name, Attributes attributes) {
            depth++;
            if (depth <= 2) {
              assertThat(name).isEqualTo(depth == 1 ? "records" : "record");
            }
            if (depth == 2) {
              records.add(new ArrayList<>());
            }
            text.setLength(0);
          }

          @Override
          public void characters(char[] chars, int from, int length) {
            text.append(chars, from, length);
          }

          @Override
          public void endElement(String uri, String local, String name) {
            if (depth == 3) {
              records.getLast().add(List.of(column(name), text.toString()));
            }
            depth--;
          }
        };
    SAXParserFactory.newInstance()
        .newSAXParser()
        .parse(new ByteArrayInputStream(bytes(body)), handler);
    return records;
  }

  /** What a reader of XML should get. */
  static List<List<List<String>>> xml(SomeRows some) {
    List<List<List<String>>> records = new ArrayList<>();
    for (List<SomeRows.Cell> row : some.rows()) {
      List<List<String>> present = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i).text().isPresent()) {
          present.add(List.of(some.columns().get(i), replaced(row.get(i).text().get())));
        }
      }
      records.add(present);
    }
    return records;
  }

  /** How many characters of the answer XML cannot hold. */
  static long unholdable(SomeRows some) {
    return some.rows().stream()
        .flatMap(List::stream)
        .flatMap(cell -> cell.text().stream())
        .flatMapToInt(String::codePoints)
        .filter(c -> !isHeld(c))
        .count();
  }

  /** The column that an element's name stands for. */
  static String column(String name) {
    return ESCAPED
        .matcher(name)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(escape.group(1), 16))));
  }

  private static String replaced(String text) {
    return map(text, c -> isHeld(c) ? c : 0xFFFD);
  }

  private static String wellFormed(String text) {
    return map(text, c -> isHalf(c) ? 0xFFFD : c);
  }

  private static String map(String text, IntUnaryOperator each) {
    int[] mapped = text.codePoints().map(each).toArray();
    return new String(mapped, 0, mapped.length);
  }

  /** The production Char of XML 1.0. */
  private static boolean isHeld(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c > 0xFFFF;
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
