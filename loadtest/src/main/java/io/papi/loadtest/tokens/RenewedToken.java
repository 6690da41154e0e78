package io.papi.loadtest.tokens;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a token for as long as it is good, and has the next one before that ends. Nobody waits for
 * a renewal but who asks first, or after an hour without any. Thread-safe.
 */
final class RenewedToken implements TokenSource {
  /** A token is good for an hour at the most. */
  static final Duration LIFE = Duration.ofMinutes(59);

  /** From here on the next one is fetched. */
  static final Duration RENEW_AFTER = Duration.ofMinutes(50);

  /** Between two attempts of which the first failed. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final TokenSource fresh;
  private final InstantSource clock;
  private final Executor executor;

  // All under this object's lock.
  private @Nullable AccessToken token;
  private Instant fetchedAt = Instant.MIN;
  private Instant nextAttempt = Instant.MIN;

  /**
   * @param fresh gives a new token at each call
   * @param executor fetches one in the background
   */
  RenewedToken(TokenSource fresh, InstantSource clock, Executor executor) {
    this.fresh = fresh;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public synchronized AccessToken token() {
    Instant now = clock.instant();
    AccessToken held = token;
    boolean good = held != null && now.isBefore(fetchedAt.plus(LIFE));
    boolean attempt = !now.isBefore(nextAttempt);
    if (attempt) {
      // Until this one has ended or had its time, nobody starts another.
      nextAttempt = now.plus(RETRY_AFTER);
    }
    if (held != null && good) {
      if (attempt) {
        executor.execute(this::renew);
      }
      return held;
    }
    if (!attempt) {
      throw new TokenException(
          "there is no token, and less than "
              + RETRY_AFTER.toSeconds()
              + " s since the last attempt");
    }
    AccessToken first = fresh.token();
    keep(first, now);
    return first;
  }

  private void renew() {
    Instant sent = clock.instant();
    AccessToken next;
    try {
      next = fresh.token();
    } catch (TokenException e) {
      System.getLogger(RenewedToken.class.getName())
          .log(System.Logger.Level.WARNING, "no new token yet: {0}", e.getMessage());
      return;
    }
    keep(next, sent);
  }

  private synchronized void keep(AccessToken next, Instant sent) {
    token = next;
    fetchedAt = sent;
    nextAttempt = sent.plus(RENEW_AFTER);
  }
}
