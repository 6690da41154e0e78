package io.papi.http.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity that callers are shown. Once a second its files are read again; connections that
 * begin after a change see the new one, and those that are open go on. Thread-safe.
 *
 * <p>The whole files are compared, not their times: so it does not matter whether a file was
 * written, renamed or a link to it was changed. The two files are seldom replaced in one step, so
 * what does not fit together is an error only if the next look finds the same.
 */
public final class IdentityWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final IdentityFiles files;
  private final InstantSource clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate-watch").factory());

  private final Lock looking = new ReentrantLock();

  /** The mark of what is shown. */
  @GuardedBy("looking")
  private String shown;

  /** The mark of what the look before found. */
  @GuardedBy("looking")
  private String seen;

  /** The mark of what the log says cannot be used; empty if nothing is refused. */
  @GuardedBy("looking")
  private String told = "";

  private volatile Identity current;

  /** Whether the files hold something that cannot be used. */
  private volatile boolean refused;

  /**
   * @param clock the time that certificates count in
   * @throws UnusableIdentityException if there is none to begin with
   */
  public IdentityWatch(IdentityFiles files, MeterRegistry meters, InstantSource clock)
      throws UnusableIdentityException {
    this.files = files;
    this.clock = clock;
    IdentityFiles.Contents contents = files.contents();
    this.current = contents.identity();
    this.shown = contents.mark();
    this.seen = shown;
    Gauge.builder("papi.tls.certificate.remaining", this, IdentityWatch::remainingSeconds)
        .description("Time until the certificate of the callers' port is no longer valid")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("papi.tls.certificate.refused", this, watch -> watch.refused ? 1 : 0)
        .description("1 while the files hold a certificate or key that cannot be used")
        .register(meters);
    say("connections by TLS are shown the certificate of", current);
  }

  /** Begins to look. */
  public void start() {
    var _ =
        looks.scheduleWithFixedDelay(
            this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  public Identity current() {
    return current;
  }

  /** Reads the files again. */
  void look() {
    looking.lock();
    try {
      take(files.contents());
    } catch (UnusableIdentityException e) {
      refuse(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      LOG.error("looking at the certificate failed unexpectedly", e);
    } finally {
      looking.unlock();
    }
  }

  @GuardedBy("looking")
  private void take(IdentityFiles.Contents contents) {
    String mark = contents.mark();
    if (mark.equals(told)) {
      return;
    }
    try {
      if (!mark.equals(shown)) {
        current = contents.identity();
        say("new connections by TLS are shown the certificate of", current);
      }
      shown = mark;
      seen = mark;
      told = "";
      refused = false;
    } catch (UnusableIdentityException e) {
      refuse(mark, e);
    }
  }

  /** Says so, unless it is new: then the other file may just be on its way. */
  @GuardedBy("looking")
  private void refuse(String mark, UnusableIdentityException e) {
    if (mark.equals(seen) && !mark.equals(told)) {
      told = mark;
      refused = true;
      LOG.error(
          "the certificate cannot be renewed, callers are shown the one until now: {}",
          e.getMessage());
    }
    seen = mark;
  }

  private void say(String what, Identity identity) {
    if (remainingSeconds() > 0) {
      LOG.info("{} {}, valid until {}", what, identity.name(), identity.end());
    } else {
      LOG.warn("{} {}, which has ended at {}", what, identity.name(), identity.end());
    }
  }

  private double remainingSeconds() {
    return Duration.between(clock.instant(), current.end()).toSeconds();
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
