package io.papi.http.dataset.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.papi.http.dataset.form.Parameter;
import io.papi.http.exchange.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyParserTest {
  private final BodyParser parser = new BodyParser(4);

  @Test
  void parse_idsOfBothTypes_asTheyAreWritten() {
    assertThat(parse("{\"ids\":[7,\"8\",-0,99999999999999999999999999999999999999]}").ids())
        .containsExactly("7", "8", "-0", "99999999999999999999999999999999999999");
    assertThat(parse(" {\n\"ids\" : [ \"a,b\" , \"\u00e4\\u00e4\\ud83d\\ude00\" ] } ").ids())
        .containsExactly("a,b", "\u00e4\u00e4\ud83d\ude00");
    assertThat(parse("{\"ids\":[]}").ids()).isEmpty();
  }

  @Test
  void parse_form_asParameters() {
    AskedIds asked =
        parse(
            "{\"fields\":[\"A\",\"b,c\"],\"shape\":\"map\",\"missing\":\"default\","
                + "\"unavailable\":\"default\",\"view\":\"mail\",\"ids\":[1]}");
    assertThat(asked.form())
        .containsEntry(Parameter.FIELDS, List.of("A", "b,c"))
        .containsEntry(Parameter.SHAPE, List.of("map"))
        .containsEntry(Parameter.MISSING, List.of("default"))
        .containsEntry(Parameter.UNAVAILABLE, List.of("default"))
        .containsEntry(Parameter.VIEW, List.of("mail"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``;the body is empty",
        "[1];the body is no JSON object (line 1, column 1)",
        "null;the body is no JSON object",
        "{\"ids\":[1];the body is not JSON",
        "{\"ids\":[1]}x;the body is not JSON",
        "{\"ids\":[1]} {};the body goes on after its object (line 1, column 13)",
        "{\"ids\":[1,]};the body is not JSON",
        "{'ids':[1]};the body is not JSON",
        "{\"ids\":[007]};the body is not JSON",
        "{\"ids\":[NaN]};the body is not JSON",
        "{/**/\"ids\":[1]};the body is not JSON",
        "{};the body has no ids",
        "{\"ids\":1};ids is no array (line 1, column 8)",
        "{\"ids\":null};ids is no array",
        "{\"ids\":[null]};id 1 is neither a number nor a string",
        "{\"ids\":[1,[2]]};id 2 is neither a number nor a string",
        "{\"ids\":[1,{}]};id 2 is neither a number nor a string",
        "{\"ids\":[true]};id 1 is neither a number nor a string",
        "{\"ids\":[1.0]};id 1 (1.0) is not a whole number",
        "{\"ids\":[1e3]};id 1 (1e3) is not a whole number",
        "{\"ids\":[1,2,3,4,5]};more than 4 ids",
        "{\"ids\":[1],\"ids\":[2]};the body has ids twice (line 1, column 12)",
        "{\"ids\":[1],\"shape\":\"map\",\"shape\":\"map\"};the body has shape twice",
        "{\"ids\":[1],\"Shape\":\"map\"};the body has an unknown member (line 1, column 12): it may"
            + " have ids, shape, fields, view, missing, unavailable",
        "{\"ids\":[1],\"shape\":1};shape is no string (line 1, column 20)",
        "{\"ids\":[1],\"shape\":null};shape is no string",
        "{\"ids\":[1],\"fields\":\"A,B\"};fields is no array",
        "{\"ids\":[1],\"fields\":[]};fields is empty",
        "{\"ids\":[1],\"fields\":[1]};fields has what is no string",
        "{\"ids\":[\"\\ud800\"]};a string has half of a surrogate pair",
        "{\"ids\":[\"\\udc00\\ud800\"]};a string has half of a surrogate pair",
        "{\"ids\":[1],\"shape\":\"\\ud800\"};a string has half of a surrogate pair",
      })
  void parse_anythingElse_is400AndSaysWhere(String body, String detail) {
    assertRefused(body.getBytes(UTF_8), detail);
  }

  @Test
  void parse_bytesThatAreNoText_orNoEnd_areRefused() {
    assertRefused("{\"ids\":[\"\u00ff\"]}".getBytes(ISO_8859_1), "the body is not JSON");
    assertRefused("{\"ids\":".repeat(50_000).getBytes(UTF_8), "ids is no array");
    assertRefused("[".repeat(200_000).getBytes(UTF_8), "the body is no JSON object");
    String digits = "1".repeat(100_000);
    assertRefused(("{\"ids\":[" + digits + "]}").getBytes(UTF_8), "");
    assertRefused(("{\"" + digits + "\":1}").getBytes(UTF_8), "");
  }

  private AskedIds parse(String body) {
    return parser.parse(body.getBytes(UTF_8));
  }

  private void assertRefused(byte[] body, String detail) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parser.parse(body))
        .satisfies(e -> assertThat(e.problem().status().code()).isEqualTo(400))
        .satisfies(e -> assertThat(e.problem().detail()).startsWith(detail).hasSizeLessThan(200));
  }
}
