package io.papi.http.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Row;
import io.papi.testing.Outcomes;
import io.papi.testing.Property;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What readers that are not ours make of random answers. */
class FormatsPropertiesTest {
  private static final int MAX_DEPTH = 50;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void json_ofAnyRows_isTheAnswerItself() {
    Property.check(
        random -> {
          Row answer = SomeRows.of(random, MAX_DEPTH).answer();
          assertThat(ReadBack.text(formats(List.of()).body(Format.JSON, answer)))
              .isEqualTo(Outcomes.text(answer));
        });
  }

  @Test
  void ndjson_ofAnyRows_isEachRowOnItsLine() {
    Property.check(
        random -> {
          SomeRows some = SomeRows.of(random, MAX_DEPTH);
          String lines = ReadBack.text(formats(List.of()).body(Format.NDJSON, some.answer()));
          assertThat(lines)
              .isEqualTo(
                  some.rows().stream()
                      .map(row -> some.object(row) + "\n")
                      .collect(Collectors.joining()));
          assertThat(Arrays.stream(lines.split("\n", 0)).filter(line -> !line.isEmpty()))
              .map(MAPPER::readTree)
              .containsExactlyElementsOf(MAPPER.readTree(Outcomes.text(some.answer())));
        });
  }

  @Test
  void csv_ofAnyRows_givesThemAgain() {
    Property.check(
        random -> {
          SomeRows some = SomeRows.of(random, MAX_DEPTH);
          assertThat(ReadBack.csv(formats(some.columns()).body(Format.CSV, some.answer())))
              .isEqualTo(ReadBack.csv(some));
        });
  }

  @Test
  void xml_ofAnyRows_givesThemAgain_andCountsWhatItReplaced() {
    Property.check(
        random -> {
          SomeRows some = SomeRows.of(random, MAX_DEPTH);
          Formats formats = formats(List.of());
          long before = replaced();
          assertThat(ReadBack.xml(formats.body(Format.XML, some.answer())))
              .isEqualTo(ReadBack.xml(some));
          assertThat(replaced() - before).isEqualTo(ReadBack.unholdable(some));
        });
  }

  private Formats formats(List<String> columns) {
    return new Formats("orders", () -> columns, meters);
  }

  private long replaced() {
    return (long) meters.get("papi.xml.replaced").tag("dataset", "orders").counter().count();
  }
}
