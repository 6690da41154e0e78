package io.papi.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.Freshness;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.ParameterType.Date;
import io.papi.query.ParameterType.Decimal;
import io.papi.query.ParameterType.Flag;
import io.papi.query.ParameterType.OneOf;
import io.papi.query.ParameterType.Text;
import io.papi.query.ParameterType.Timestamp;
import io.papi.query.ParameterType.Whole;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import io.papi.query.StreamLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page is told of the queries. */
class QueriesDocumentTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);

  @Test
  void json_hasPathsColumnsAndParameters_andNoSql() {
    assertThat(
            json(
                List.of("O_CLERK", "TOTAL"),
                new Parameter("clerk", text("[0-9]{1,9}", 9), true, Optional.empty()),
                new Parameter("year", new Whole(1, 9999), false, Optional.of("1995"))))
        .isEqualTo(
            "[{\"name\":\"sales\",\"paths\":[\"/a/{clerk}\",\"/b/{clerk}\"],"
                + "\"columns\":[\"O_CLERK\",\"TOTAL\"],\"parameters\":["
                + "{\"name\":\"clerk\",\"type\":\"text\",\"required\":true,\"default\":null,"
                + "\"pattern\":\"[0-9]{1,9}\",\"length\":9},"
                + "{\"name\":\"year\",\"type\":\"whole\",\"required\":false,\"default\":\"1995\","
                + "\"min\":\"1\",\"max\":\"9999\"}]}]");
  }

  @Test
  void json_columnsNotKnownYet_areNone() {
    assertThat(json(List.of())).endsWith("\"columns\":[],\"parameters\":[]}]");
  }

  @Test
  void json_ofAStream_saysSo() {
    assertThat(json(Optional.of(new StreamLimits(8)), List.of()))
        .isEqualTo(
            "[{\"name\":\"sales\",\"stream\":true,\"paths\":[\"/a/{clerk}\",\"/b/{clerk}\"],"
                + "\"columns\":[],\"parameters\":[]}]");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void json_ofAType_hasItsRules(ParameterType type, String rules) {
    assertThat(json(List.of(), new Parameter("p", type, false, Optional.empty())))
        .endsWith(
            "{\"name\":\"p\",\"type\":\"%s\",\"required\":false,\"default\":null%s}]}]"
                .formatted(type.word(), rules));
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(new Whole(Long.MIN_VALUE, Long.MAX_VALUE), ""),
        Arguments.of(new Whole(-1, Long.MAX_VALUE - 1), bounds("-1", "9223372036854775806")),
        Arguments.of(new Decimal(Optional.empty(), Optional.empty()), ""),
        Arguments.of(
            new Decimal(Optional.of(new BigDecimal("0.50")), Optional.of(new BigDecimal("1E+2"))),
            bounds("0.50", "100")),
        Arguments.of(new Text(Optional.empty(), 100), ",\"length\":100"),
        Arguments.of(text("a\"b", 3), ",\"pattern\":\"a\\\"b\",\"length\":3"),
        Arguments.of(
            new Date(Optional.of(LocalDate.of(1992, 1, 1)), Optional.empty()),
            ",\"min\":\"1992-01-01\""),
        Arguments.of(
            new Timestamp(Optional.empty(), Optional.of(LocalDateTime.of(1998, 8, 2, 1, 2, 3))),
            ",\"max\":\"1998-08-02T01:02:03\""),
        Arguments.of(new Flag(), ",\"values\":[\"true\",\"false\"]"),
        Arguments.of(new OneOf(List.of("red", "blue")), ",\"values\":[\"red\",\"blue\"]"));
  }

  private static String bounds(String min, String max) {
    return ",\"min\":\"" + min + "\",\"max\":\"" + max + "\"";
  }

  private static Text text(String pattern, int length) {
    return new Text(Optional.of(Pattern.compile(pattern)), length);
  }

  private static String json(List<String> columns, Parameter... parameters) {
    return json(Optional.empty(), columns, parameters);
  }

  private static String json(
      Optional<StreamLimits> stream, List<String> columns, Parameter... parameters) {
    Query query =
        new Query(
            "sales",
            List.of(new PathTemplate("/a/{clerk}"), new PathTemplate("/b/{clerk}")),
            NamedSql.read("SELECT 'secret'"),
            List.of(parameters),
            false,
            1,
            FRESHNESS,
            new QueryLimits(10, 1_000, 1_000, Duration.ofSeconds(10)),
            stream,
            Optional.empty());
    return new String(QueriesDocument.json(List.of(new OfferedQuery(query, () -> columns))), UTF_8);
  }
}
