package io.papi.loadtest.platform;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a marketing platform remembers of an endpoint. After more than 3,000 failures, and over 90 %
 * of the calls, within a moving minute it halts its calls for one minute: the rule that Braze
 * documents for Connected Content. Thread-safe.
 */
public final class EndpointWatch {
  private static final Set<Integer> FAILURES = Set.of(408, 429, 502, 503, 504, 529);
  private static final int MAX_FAILURES = 3_000;
  private static final double MAX_SHARE = 0.9;
  private static final int WINDOW_SECONDS = 60;
  private static final int HALT_SECONDS = 60;

  private final LongSupplier nanos;
  private final long start;
  // The calls and failures of the window, a place a second, each second written in its own turn.
  private final int[] calls = new int[WINDOW_SECONDS];
  private final int[] failures = new int[WINDOW_SECONDS];
  private long lastSecond;
  private long haltedUntil;

  /**
   * A watch that has seen nothing yet.
   *
   * @param nanos a monotonic clock
   */
  public EndpointWatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Takes note of a call that was answered with a status. */
  public synchronized void answered(int status) {
    int now = (int) (forget() % WINDOW_SECONDS);
    calls[now]++;
    if (FAILURES.contains(status)) {
      failures[now]++;
      if (tooMany()) {
        haltedUntil = lastSecond + HALT_SECONDS;
      }
    }
  }

  /** Whether the endpoint must be left alone now. */
  public synchronized boolean isHalted() {
    return forget() < haltedUntil;
  }

  private boolean tooMany() {
    int failed = Arrays.stream(failures).sum();
    return failed > MAX_FAILURES && failed > MAX_SHARE * Arrays.stream(calls).sum();
  }

  /** Empties the places of the seconds that have passed, and says which second this is. */
  private long forget() {
    long second = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - start);
    long from = Math.max(lastSecond + 1, second - WINDOW_SECONDS + 1);
    for (long passed = from; passed <= second; passed++) {
      calls[(int) (passed % WINDOW_SECONDS)] = 0;
      failures[(int) (passed % WINDOW_SECONDS)] = 0;
    }
    lastSecond = Math.max(lastSecond, second);
    return lastSecond;
  }
}
