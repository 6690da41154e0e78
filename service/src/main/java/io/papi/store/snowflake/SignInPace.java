package io.papi.store.snowflake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a sign-in that was refused is tried again. Snowflake locks users after a few refusals, so
 * there are three tries within seconds and then one in a minute, in two, and so on. Another secret
 * (a token or key file that was written anew) is tried at once. An outage is no refusal: the pool
 * paces itself then. Thread-safe.
 */
final class SignInPace {
  private static final int QUICK_TRIES = 3;
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMinutes(1);
  static final Duration SLOWEST = Duration.ofMinutes(10);

  @GuardedBy("this")
  private @Nullable SignInRefusedException refusal;

  /** What tells the refused secret from others. */
  @GuardedBy("this")
  private String refused = "";

  @GuardedBy("this")
  private int tries;

  @GuardedBy("this")
  private long nextTry;

  /** While refused one at a time tries. */
  @GuardedBy("this")
  private boolean isTrying;

  /**
   * Lets a try go on, whose end is to be told by {@link #accepted}, {@link #refused} or {@link
   * #failed}.
   *
   * @param secret what tells this secret from others
   * @throws SignInRefusedException the last refusal, if it is too early for another try
   */
  synchronized void begin(String secret, long now) throws SignInRefusedException {
    if (refusal == null) {
      return;
    }
    if (!secret.equals(refused)) {
      tries = 0;
    } else if (isTrying || now - nextTry < 0) {
      throw refusal;
    }
    isTrying = true;
  }

  synchronized void accepted() {
    refusal = null;
    tries = 0;
    isTrying = false;
  }

  synchronized void refused(SignInRefusedException failure, String secret, long now) {
    refusal = failure;
    refused = secret;
    tries++;
    nextTry = now + pause(tries).toNanos();
    isTrying = false;
  }

  synchronized void failed() {
    isTrying = false;
  }

  /** How long to wait after so many refusals. */
  static Duration pause(int tries) {
    if (tries < QUICK_TRIES) {
      return QUICK.multipliedBy(tries);
    }
    int doublings = Math.min(tries - QUICK_TRIES, 10);
    Duration pause = SLOW.multipliedBy(1L << doublings);
    return pause.compareTo(SLOWEST) < 0 ? pause : SLOWEST;
  }
}
