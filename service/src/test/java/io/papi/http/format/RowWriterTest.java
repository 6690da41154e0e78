package io.papi.http.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that come one by one are written into one small buffer, which is sent and cleared. */
class RowWriterTest {
  private final Utf8Buffer buffer = new Utf8Buffer(1);

  @Test
  void jsonArray() {
    assertThat(sent(JsonRows.inAnArray(buffer), 2))
        .containsExactly(
            "[", "{\"A\":0,\"B\":\"é\",\"C\":[1]}", ",{\"A\":1,\"B\":null,\"C\":true}", "]");
    assertThat(sent(JsonRows.inAnArray(buffer), 0)).containsExactly("[", "]");
  }

  @Test
  void jsonLines() {
    assertThat(sent(JsonRows.onLines(buffer), 2))
        .containsExactly(
            "", "{\"A\":0,\"B\":\"é\",\"C\":[1]}\n", "{\"A\":1,\"B\":null,\"C\":true}\n", "");
    assertThat(sent(JsonRows.onLines(buffer), 0)).containsExactly("", "");
  }

  @Test
  void csv() {
    assertThat(sent(new Csv(buffer), 2))
        .containsExactly("A,B,C\r\n", "0,é,[1]\r\n", "1,,true\r\n", "");
  }

  @Test
  void xml() {
    Xml xml = new Xml(buffer, new SimpleMeterRegistry().counter("replaced"));
    assertThat(sent(xml, 2))
        .containsExactly(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><records>",
            "<record><A>0</A><B>é</B><C>[1]</C></record>",
            "<record><A>1</A><C>true</C></record>",
            "</records>");
  }

  @Test
  void isFull_afterSomeKilobytes_inEachFormat() {
    for (Format format : Format.values()) {
      FormatStream stream = new Formats("q", List::of, new SimpleMeterRegistry()).stream(format);
      stream.begin(List.of("A"));
      int rows = 0;
      while (!stream.rows().isFull()) {
        stream.rows().beginRow();
        stream.rows().text("0123456789".repeat(10));
        stream.rows().endRow();
        rows++;
      }
      assertThat(rows).as(format.toString()).isBetween(250, 330);
    }
  }

  private List<String> sent(RowWriter writer, int rows) {
    List<String> sent = new ArrayList<>();
    writer.begin(List.of("A", "B", "C"));
    sent.add(taken(writer));
    for (int i = 0; i < rows; i++) {
      writer.beginRow();
      writer.number(Integer.toString(i));
      if (i % 2 == 0) {
        writer.text("é");
        writer.json("[1]");
      } else {
        writer.nothing();
        writer.flag(true);
      }
      writer.endRow();
      sent.add(taken(writer));
    }
    writer.end();
    sent.add(taken(writer));
    return sent;
  }

  private String taken(RowWriter writer) {
    writer.flush();
    String text = ReadBack.text(buffer);
    buffer.clear();
    return text;
  }
}
