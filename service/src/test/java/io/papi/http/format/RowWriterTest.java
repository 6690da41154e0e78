package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that come one by one are written into one small buffer, which is sent and cleared. */
class RowWriterTest {
  private static final List<String> ROWS = List.of("{\"A\":1,\"B\":\"é\"}", "{\"A\":2,\"B\":null}");

  private final Utf8Buffer buffer = new Utf8Buffer(1);

  @Test
  void jsonArray() {
    assertThat(sent(new JsonArray(), ROWS))
        .containsExactly("[", "{\"A\":1,\"B\":\"é\"}", ",{\"A\":2,\"B\":null}", "]");
    assertThat(sent(new JsonArray(), List.of())).containsExactly("[", "]");
  }

  @Test
  void jsonLines() {
    assertThat(sent(new JsonLines(), ROWS))
        .containsExactly("", "{\"A\":1,\"B\":\"é\"}\n", "{\"A\":2,\"B\":null}\n", "");
  }

  @Test
  void csv() {
    assertThat(sent(new Csv(), ROWS)).containsExactly("A,B\r\n", "1,é\r\n", "2,\r\n", "");
  }

  @Test
  void xml() {
    Xml xml = new Xml(new SimpleMeterRegistry().counter("replaced"));
    assertThat(sent(xml, ROWS))
        .containsExactly(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><records>",
            "<record><A>1</A><B>é</B></record>",
            "<record><A>2</A></record>",
            "</records>");
  }

  private List<String> sent(RowWriter writer, List<String> rows) {
    List<String> sent = new ArrayList<>();
    writer.begin(List.of("A", "B"), buffer);
    sent.add(taken());
    for (String each : rows) {
      writer.rows(("[" + each + "]").getBytes(UTF_8), buffer);
      sent.add(taken());
    }
    writer.end(buffer);
    sent.add(taken());
    return sent;
  }

  private String taken() {
    String text = ReadBack.text(buffer);
    buffer.clear();
    return text;
  }
}
