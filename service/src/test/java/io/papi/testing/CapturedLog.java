package io.papi.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The lines that this process logs while it is open, with their exceptions. Thread-safe. */
public final class CapturedLog implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Appender appender = new Appender();

  private CapturedLog() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
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
    root.detachAppender(appender);
    appender.stop();
  }

  private final class Appender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      String thrown =
          event.getThrowableProxy() instanceof ThrowableProxy proxy
              ? " " + proxy.getThrowable()
              : "";
      lines.add(event.getLevel() + " " + event.getFormattedMessage() + thrown);
    }
  }
}
