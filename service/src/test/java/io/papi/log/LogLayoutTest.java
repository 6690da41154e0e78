package io.papi.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLayoutTest {
  private static final Instant TIME = Instant.parse("2026-11-27T20:51:43.318999Z");

  private final LoggerContext context = new LoggerContext();

  @Test
  void text_hasTimeLevelClassAndMessage_inLocalTime() {
    String local =
        LocalDateTime.ofInstant(TIME, ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS"));
    assertThat(LogLayout.text(event(Level.INFO, "serving on port 8001", null)))
        .isEqualTo(local + " INFO  Main serving on port 8001" + System.lineSeparator());
    assertThat(LogLayout.text(event(Level.ERROR, "ending", null)))
        .isEqualTo(local + " ERROR Main ending" + System.lineSeparator());
  }

  @Test
  void text_exception_followsWithItsCauses() {
    IllegalStateException thrown = new IllegalStateException("bad", new RuntimeException("why"));
    assertThat(LogLayout.text(event(Level.WARN, "failed", thrown)))
        .contains(
            "WARN  Main failed" + System.lineSeparator() + "java.lang.IllegalStateException: bad")
        .contains("at " + getClass().getName())
        .contains("Caused by: java.lang.RuntimeException: why")
        .endsWith(System.lineSeparator());
  }

  @Test
  void json_isOneLine_withWhatWasSaidInOrderOfItsNames() {
    LoggingEvent event = event(Level.INFO, "a \"quote\"\nand \u2028 a line", null);
    event.addKeyValuePair(new KeyValuePair("request_id", "cde3ebe1-1"));
    event.addKeyValuePair(new KeyValuePair("duration_ms", 47.9));
    assertThat(LogLayout.json(event))
        .isEqualTo(
            "{\"severity_text\":\"INFO\",\"body\":\"a \\\"quote\\\"\\nand \u2028 a line\","
                + "\"attributes\":{\"time\":\"2026-11-27T20:51:43.318Z\","
                + "\"logger\":\"io.papi.Main\",\"thread.name\":\"main\","
                + "\"duration_ms\":\"47.9\",\"request_id\":\"cde3ebe1-1\"}}"
                + System.lineSeparator());
  }

  @Test
  void json_exception_isInTheAttributes() {
    JsonNode attributes =
        JsonMapper.shared()
            .readTree(LogLayout.json(event(Level.WARN, "failed", new IllegalStateException("bad"))))
            .get("attributes");
    assertThat(attributes.get("exception.type").stringValue())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(attributes.get("exception.message").stringValue()).isEqualTo("bad");
    assertThat(attributes.get("exception.stacktrace").stringValue())
        .startsWith("java.lang.IllegalStateException: bad")
        .contains("at " + getClass().getName());
    assertThat(LogLayout.json(event(Level.WARN, "failed", new IllegalStateException())))
        .doesNotContain("exception.message");
  }

  @Test
  void anonymousException_hasATypeToo() {
    IllegalStateException anonymous =
        new IllegalStateException("bad") {
          private static final long serialVersionUID = 1;
        };
    assertThat(LogLayout.json(event(Level.WARN, "failed", anonymous)))
        .contains("\"exception.type\":\"" + anonymous.getClass().getName() + "\"");
  }

  private LoggingEvent event(Level level, String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            getClass().getName(), context.getLogger("io.papi.Main"), level, message, thrown, null);
    event.setInstant(TIME);
    event.setThreadName("main");
    return event;
  }
}
