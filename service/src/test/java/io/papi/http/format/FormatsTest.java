package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.http.Header;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.http.exchange.JoinedHeaders;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Row;
import io.papi.testing.Outcomes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
  private static final Row TWO =
      Outcomes.row(
          "[{\"O_CUSTKEY\":7,\"SUM(X)\":12.5000,\"NOTE\":\"a, \\\"b\\\"\"},"
              + "{\"O_CUSTKEY\":8,\"SUM(X)\":null,\"NOTE\":\"\"}]");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Formats formats = new Formats("orders", () -> List.of("O_CUSTKEY", "a,b"), meters);

  @Test
  void json_isTheAnswerItself_andItsTag() {
    assertThat(body(Format.JSON, TWO)).isEqualTo(Outcomes.text(TWO));
    assertThat(formats.tag(Format.JSON, TWO)).isEqualTo(TWO.tag());
  }

  @Test
  void ndjson_isEachRowOnALine() {
    assertThat(body(Format.NDJSON, TWO))
        .isEqualTo(
            """
            {"O_CUSTKEY":7,"SUM(X)":12.5000,"NOTE":"a, \\"b\\""}
            {"O_CUSTKEY":8,"SUM(X)":null,"NOTE":""}
            """);
  }

  @Test
  void csv_hasAHeaderLine_quotesWhereNeeded_andTellsNullFromEmpty() {
    assertThat(body(Format.CSV, TWO))
        .isEqualTo("O_CUSTKEY,SUM(X),NOTE\r\n7,12.5000,\"a, \"\"b\"\"\"\r\n8,,\"\"\r\n");
  }

  @Test
  void xml_hasEscapedNames_andLeavesNullOut() {
    assertThat(body(Format.XML, TWO))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><records>"
                + "<record><O_CUSTKEY>7</O_CUSTKEY><SUM_x0028_X_x0029_>12.5000</SUM_x0028_X_x0029_>"
                + "<NOTE>a, \"b\"</NOTE></record>"
                + "<record><O_CUSTKEY>8</O_CUSTKEY><NOTE></NOTE></record></records>");
  }

  @Test
  void anyFormat_ofNoRows() {
    Row none = Outcomes.row("[]");
    assertThat(body(Format.JSON, none)).isEqualTo("[]");
    assertThat(body(Format.NDJSON, none)).isEmpty();
    assertThat(body(Format.CSV, none)).isEqualTo("O_CUSTKEY,\"a,b\"\r\n");
    assertThat(body(Format.XML, none))
        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><records></records>");
  }

  @Test
  void csv_ofNoRowsWhileTheColumnsAreNotKnown_is503() {
    Formats unknown = new Formats("orders", List::of, meters);
    Row none = Outcomes.row("[]");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> unknown.tag(Format.CSV, none))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(Status.SERVICE_UNAVAILABLE_503));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> unknown.body(Format.CSV, none));
    assertThat(ReadBack.text(unknown.body(Format.XML, none))).endsWith("<records></records>");
    assertThat(ReadBack.text(unknown.body(Format.CSV, TWO))).startsWith("O_CUSTKEY,SUM(X),NOTE\r");
  }

  @Test
  void csv_formulas_areNotAltered() {
    assertThat(body(Format.CSV, Outcomes.row("[{\"A\":\"=1+1\",\"B\":-2,\"C\":\"@x\"}]")))
        .isEqualTo("A,B,C\r\n=1+1,-2,@x\r\n");
  }

  @Test
  void csv_blanksAtTheEnds_areQuoted_asSomeReadersCutThemOff() {
    assertThat(body(Format.CSV, Outcomes.row("[{\"A\":\" a\",\"B\":\"b\\t\",\"C\":\"c d\"}]")))
        .isEqualTo("A,B,C\r\n\" a\",\"b\t\",c d\r\n");
  }

  @Test
  void csv_nullInAnOnlyColumn_isNoEmptyLine() {
    assertThat(body(Format.CSV, Outcomes.row("[{\"A\":null},{\"A\":1}]")))
        .isEqualTo("A\r\n\"\"\r\n1\r\n");
  }

  @Test
  void numbers_keepTheirDigits() {
    String digits = "12345678901234567890123456789012345678.1000";
    Row row = Outcomes.row("[{\"A\":" + digits + ",\"B\":1.0E-400,\"C\":-0}]");
    assertThat(body(Format.CSV, row)).isEqualTo("A,B,C\r\n" + digits + ",1.0E-400,-0\r\n");
    assertThat(body(Format.XML, row)).contains("<A>" + digits + "</A><B>1.0E-400</B><C>-0</C>");
  }

  @Test
  void objectsAndArrays_areTheirJson() {
    Row row = Outcomes.row("[{\"A\":{\"b\":[1.50,\"<\"]},\"C\":[],\"D\":{}}]");
    assertThat(body(Format.CSV, row))
        .isEqualTo("A,C,D\r\n\"{\"\"b\"\":[1.50,\"\"<\"\"]}\",[],{}\r\n");
    assertThat(body(Format.XML, row)).contains("<A>{\"b\":[1.50,\"&lt;\"]}</A><C>[]</C><D>{}</D>");
  }

  /** The store lets values in that are as deep as Jackson reads; a row and an array are around. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void veryDeepValue_isWritten(Format format) {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(body(format, Outcomes.row("[{\"A\":" + deep + "}]"))).contains(deep);
  }

  @Test
  void xml_whatXmlCannotHold_isReplacedAndCounted() {
    String text = "a\\u0000\\u001b\\uffff\\ufffe\\ud800b\\udc00 \\ud83d\\ude00\\u0085";
    assertThat(body(Format.XML, Outcomes.row("[{\"A\":\"" + text + "\",\"\\u0000\":\"\\f\"}]")))
        .contains("<A>a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb\uFFFD \uD83D\uDE00\u0085</A>")
        .contains("<_x0000_>\uFFFD</_x0000_>");
    assertThat(meters.get("papi.xml.replaced").tag("dataset", "orders").counter().count())
        .isEqualTo(7);
  }

  @Test
  void xml_markup_isEscaped_andLineBreaksStay() {
    assertThat(body(Format.XML, Outcomes.row("[{\"A\":\"<&]]>\\r\\n\\t\\\"'\"}]")))
        .contains("<A>&lt;&amp;]]&gt;&#13;\n\t\"'</A>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "1", "null", "[1]", "[{\"secret\"", "[{\"A\":1},", "[{\"A\":secret}]"})
  void noRows_isAFault_thatDoesNotRepeatThem(String text) {
    Row broken = Row.kept(text.getBytes(UTF_8), 0);
    for (Format format : List.of(Format.NDJSON, Format.CSV, Format.XML)) {
      assertThatExceptionOfType(MalformedAnswerException.class)
          .isThrownBy(() -> formats.body(format, broken))
          .withNoCause()
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"A\":1}", "{\"B\":1,\"A\":2}", "{\"A\":1,\"B\":2,\"C\":3}", "{}"})
  void csv_rowWithOtherColumnsThanTheFirst_isAFault(String second) {
    Row answer = Outcomes.row("[{\"A\":1,\"B\":2}," + second + "]");
    assertThatExceptionOfType(MalformedAnswerException.class)
        .isThrownBy(() -> formats.body(Format.CSV, answer));
  }

  @Test
  void tag_differsBetweenFormatsAndRows() {
    Set<Long> tags = new HashSet<>();
    for (Row answer : List.of(TWO, Outcomes.row("[]"), Outcomes.row("[{\"A\":1}]"))) {
      for (Format format : Format.values()) {
        tags.add(formats.tag(format, answer));
        assertThat(formats.tag(format, answer)).isEqualTo(formats.tag(format, answer));
      }
    }
    assertThat(tags).hasSize(3 * Format.values().length);
  }

  @Test
  void tag_ofNoRowsAsCsv_isOfItsHeaderLine() {
    Formats others = new Formats("orders", () -> List.of("A"), meters);
    Row none = Outcomes.row("[]");
    assertThat(others.tag(Format.CSV, none)).isNotEqualTo(formats.tag(Format.CSV, none));
    assertThat(others.tag(Format.CSV, TWO)).isEqualTo(formats.tag(Format.CSV, TWO));
  }

  @Test
  void headers_sayWhatTheBodyIs() {
    assertThat(headers(Format.JSON)).isEqualTo(Map.of("Content-Type", "application/json"));
    assertThat(headers(Format.NDJSON)).isEqualTo(Map.of("Content-Type", "application/x-ndjson"));
    assertThat(headers(Format.CSV))
        .isEqualTo(
            Map.of(
                "Content-Type", "text/csv; charset=utf-8; header=present",
                "Content-Disposition", "attachment; filename=\"orders.csv\""));
    assertThat(headers(Format.XML))
        .isEqualTo(Map.of("Content-Type", "application/xml; charset=utf-8"));
  }

  private String body(Format format, Row answer) {
    return ReadBack.text(formats.body(format, answer));
  }

  private Map<String, String> headers(Format format) {
    WritableHeaders<?> headers = WritableHeaders.create();
    formats.headers(format).addTo(headers);
    Map<String, String> all = new TreeMap<>();
    for (Header header : JoinedHeaders.separated(headers)) {
      all.put(header.name(), header.get());
    }
    return all;
  }
}
