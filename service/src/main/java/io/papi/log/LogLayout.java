package io.papi.log;

import static java.util.Comparator.comparing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an event as a line to read, or as a JSON object in a line: what the event table of
 * Snowpark Container Services reads, with its names. Thread-safe.
 *
 * <p>Which of them is looked up with each event, as the first ones come before the configuration
 * has been read.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
  private static final String VARIABLE = "PAPI_LOG_FORMAT";
  private static final String JSON = "json";

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Made for the first event that is written as JSON. */
  private static final class Json {
    static final JsonFactory FACTORY = new JsonFactory();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String format =
        Optional.ofNullable(System.getProperty(Logs.FORMAT)).orElse(System.getenv(VARIABLE));
    return JSON.equals(format) ? json(event) : text(event);
  }

  static String text(ILoggingEvent event) {
    String logger = event.getLoggerName();
    return LOCAL.format(event.getInstant())
        + " "
        + event.getLevel()
        + " ".repeat(Math.max(0, 5 - event.getLevel().levelStr.length()))
        + " "
        + logger.substring(logger.lastIndexOf('.') + 1)
        + " "
        + event.getFormattedMessage()
        + System.lineSeparator()
        + thrown(event).map(LogLayout::stackTrace).orElse("");
  }

  static String json(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("severity_text", event.getLevel().levelStr);
      json.writeStringProperty("body", event.getFormattedMessage());
      json.writeObjectPropertyStart("attributes");
      json.writeStringProperty("time", UTC.format(event.getInstant()));
      json.writeStringProperty("logger", event.getLoggerName());
      json.writeStringProperty("thread.name", event.getThreadName());
      thrown(event).ifPresent(thrown -> writeThrown(json, thrown));
      List<KeyValuePair> pairs = Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
      pairs.stream()
          .sorted(comparing(pair -> pair.key))
          .forEach(pair -> json.writeStringProperty(pair.key, String.valueOf(pair.value)));
      json.writeEndObject();
      json.writeEndObject();
    }
    return line.append(System.lineSeparator()).toString();
  }

  private static void writeThrown(JsonGenerator json, Throwable thrown) {
    json.writeStringProperty("exception.type", thrown.getClass().getName());
    if (thrown.getMessage() != null) {
      json.writeStringProperty("exception.message", thrown.getMessage());
    }
    json.writeStringProperty("exception.stacktrace", stackTrace(thrown));
  }

  private static Optional<Throwable> thrown(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy
        ? Optional.of(proxy.getThrowable())
        : Optional.empty();
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
