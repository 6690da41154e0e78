package io.papi.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The lines that this process logs while it is open, with their exceptions. Thread-safe. */
public final class CapturedLog implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Appender appender = new Appender();

  private CapturedLog() {
    appender.start();
    context.getConfiguration().getRootLogger().addAppender(appender, null, null);
    context.updateLoggers();
  }

  public static CapturedLog open() {
    return new CapturedLog();
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Those that contain {@code part}. */
  public List<String> lines(String part) {
    return lines.stream().filter(line -> line.contains(part)).toList();
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender(appender.getName());
    context.updateLoggers();
    appender.stop();
  }

  private final class Appender extends AbstractAppender {

    Appender() {
      super("captured", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      Throwable thrown = event.getThrown();
      lines.add(
          event.getLevel()
              + " "
              + event.getMessage().getFormattedMessage()
              + (thrown == null ? "" : " " + thrown));
    }
  }
}
