package io.papi.http.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.papi.http.exchange.ProblemException;
import io.papi.testing.Property;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

  @Test
  void of_noHeaderAndNoWord_isJson() {
    assertThat(accepted()).isEqualTo(Format.JSON);
    assertThat(of("")).isEqualTo(Format.JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "*/*|JSON",
        "application/json|JSON",
        "application/x-ndjson|NDJSON",
        "application/ndjson|NDJSON",
        "application/jsonl|NDJSON",
        "text/csv|CSV",
        "application/xml|XML",
        "text/xml|XML",
        // upper case, parameters, blanks, quoted strings
        "TEXT/CSV|CSV",
        "text/csv;header=absent;charset=utf-16|CSV",
        "text/csv; x=\"a, b;q=0\" ; q=1, application/json;q=0.9|CSV",
        "text/csv; x=\"\\\"\", application/json;q=0.9|CSV",
        // weights
        "application/json;q=0.5, text/csv|CSV",
        "application/json;q=0.001, text/csv;q=0.002|CSV",
        "application/json;q=0, */*|NDJSON",
        "application/json;Q=0.1, text/csv;q=0.25|CSV",
        "text/csv;q=1.000, application/json;q=0.999|CSV",
        // the most specific range counts
        "*/*;q=0.9, application/*;q=0.1|CSV",
        "application/*, application/json;q=0.2, application/x-ndjson;q=0.3|XML",
        "text/*;q=0.5, text/csv;q=0.4, application/xml;q=0.45|XML",
        // another name of a format is not meant by a wildcard
        "text/*, text/csv;q=0.1|CSV",
        // one of several names of a format is enough
        "application/x-ndjson;q=0, application/jsonl, */*;q=0.1|NDJSON",
        // ties
        "application/xml, text/csv, application/x-ndjson, application/json|JSON",
        "application/xml, text/csv, application/x-ndjson|NDJSON",
        "application/xml, text/csv|CSV",
        "text/*|CSV",
        "application/*|JSON",
        // what others send: browsers, and the HTTP clients of Java 8 and 17
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|XML",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2|JSON",
        "text/html, image/gif, image/jpeg, */*; q=0.2|JSON",
        "text/html, */*|JSON",
        // malformed members are ignored
        "text, text/csv|CSV",
        "text/csv;q=2, application/xml|XML",
        "application/json;q=x, text/csv|CSV",
        "application/json;q=, text/csv;q=0.1|CSV",
        "application/json;q=-1, text/csv;q=0.1|CSV",
        "application/json;q=1.1, text/csv;q=0.1|CSV",
        "*/json, text/csv|CSV",
        "/json, application/, text/csv|CSV",
        "text/ csv, application/xml|XML",
        "application/json/x, text/csv|CSV",
        ",, ,text/csv,|CSV",
        // nothing is left
        ",|JSON",
        "json|JSON",
        "text/csv;q=x|JSON",
        "\"text/csv|JSON"
      })
  void of_accept_isTheBestFormat(String accept, Format format) {
    assertThat(accepted(accept)).isEqualTo(format);
  }

  @Test
  void of_emptyHeader_isJson() {
    assertThat(accepted("")).isEqualTo(Format.JSON);
  }

  @Test
  void of_severalLines_areOneList() {
    assertThat(accepted("application/json;q=0.1", "text/csv;q=0.2")).isEqualTo(Format.CSV);
    assertThat(accepted("*/*", "application/json;q=0")).isEqualTo(Format.NDJSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/parquet, text/tsv",
        "*/*;q=0",
        "text/csv;q=0.000",
        "application/jso",
        "application/jsonx",
        "x/json",
        "text/*;q=0, image/*"
      })
  void of_nothingThatThereIs_is406_thatNamesIt(String accept) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> accepted(accept))
        .satisfies(
            e -> assertThat(e.problem().status()).isEqualTo(Status.NOT_ACCEPTABLE_406),
            e ->
                assertThat(e.problem().detail())
                    .isEqualTo(
                        "there is application/json, application/x-ndjson, text/csv or"
                            + " application/xml: accept one of these, or write format=json,"
                            + " ndjson, csv or xml"));
  }

  @ParameterizedTest
  @CsvSource({"json,JSON", "ndjson,NDJSON", "csv,CSV", "xml,XML"})
  void of_word_winsOverTheHeader(String word, Format format) {
    assertThat(of(word, "text/html")).isEqualTo(format);
    assertThat(of(word, "application/xml")).isEqualTo(format);
  }

  @Test
  void of_emptyWord_isTheDefault() {
    assertThat(of("", "text/csv")).isEqualTo(Format.CSV);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "tree", " csv", "text/csv", "parquet"})
  void of_unknownWord_is400_thatListsThem(String word) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> of(word))
        .satisfies(
            e -> assertThat(e.problem().status()).isEqualTo(Status.BAD_REQUEST_400),
            e ->
                assertThat(e.problem().detail())
                    .isEqualTo("there is no such format: write format=json, ndjson, csv or xml"));
  }

  @Test
  void of_anyHeader_isAFormatOr406() {
    Property.check(
        random -> {
          String[] parts = {
            "*", "/", ",", ";", "q=", "0", ".", "1", "\"", "\\", "text", "csv", " "
          };
          StringBuilder accept = new StringBuilder();
          for (int i = random.nextInt(20); i > 0; i--) {
            accept.append(parts[random.nextInt(parts.length)]);
          }
          try {
            assertThat(accepted(accept.toString())).isNotNull();
          } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(Status.NOT_ACCEPTABLE_406);
          }
        });
  }

  private static Format accepted(String... lines) {
    return Negotiation.of(Optional.empty(), headers(lines));
  }

  private static Format of(String word, String... lines) {
    return Negotiation.of(Optional.of(word), headers(lines));
  }

  private static WritableHeaders<?> headers(String... lines) {
    WritableHeaders<?> headers = WritableHeaders.create();
    for (String line : lines) {
      headers.add(HeaderValues.create(HeaderNames.ACCEPT, line));
    }
    return headers;
  }
}
