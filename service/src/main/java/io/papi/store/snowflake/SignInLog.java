package io.papi.store.snowflake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how signing in goes: a line whenever that changes, with what to look at, and none
 * in between. Thread-safe.
 */
final class SignInLog {
  private static final Logger LOG = LoggerFactory.getLogger(SignInLog.class);

  private final SnowflakeSettings settings;

  /** What was said last; empty while all is well. */
  @GuardedBy("this")
  private String said = "";

  @GuardedBy("this")
  private boolean everSignedIn;

  @GuardedBy("this")
  private boolean refused;

  SignInLog(SnowflakeSettings settings) {
    this.settings = settings;
  }

  /** Whether no session was ever opened, because the sign-in was refused. */
  synchronized boolean isRefused() {
    return refused && !everSignedIn;
  }

  /** Whether the last that was heard of a sign-in was a refusal. */
  synchronized boolean wasRefused() {
    return refused;
  }

  synchronized void signedIn() {
    everSignedIn = true;
    refused = false;
    if (!said.isEmpty()) {
      LOG.info("signed in to {}", where());
    }
    said = "";
  }

  synchronized void refused(SignInRefusedException refusal) {
    refused = true;
    if (!isNews("refused " + refusal.getErrorCode() + refusal.getMessage())) {
      return;
    }
    if (refusal.isOfThisService()) {
      LOG.error("no sign-in to {}: {}", where(), refusal.getMessage());
    } else {
      LOG.error(
          "sign-in refused by {}: {} (code {}). {}. It is tried again ever more seldom, in {}"
              + " minutes at the latest, and at once when its file has changed",
          where(),
          refusal.getMessage(),
          refusal.getErrorCode(),
          settings.signIn().advice(),
          SignInPace.SLOWEST.toMinutes());
    }
  }

  synchronized void failed(SQLException failure) {
    if (isNews("failed")) {
      LOG.warn(
          "{} cannot be reached: {}, SQL state {}, code {}. Look at host, port and network",
          where(),
          rootOf(failure).getClass().getSimpleName(),
          failure.getSQLState(),
          failure.getErrorCode());
    }
  }

  @GuardedBy("this")
  private boolean isNews(String what) {
    boolean isNews = !what.equals(said);
    said = what;
    return isNews;
  }

  private String where() {
    return "Snowflake at %s, account %s, by %s"
        .formatted(settings.server(), settings.account(), settings.signIn().asWhom());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
