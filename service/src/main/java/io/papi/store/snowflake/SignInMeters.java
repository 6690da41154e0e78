package io.papi.store.snowflake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.concurrent.TimeUnit;

/** The meters of signing in. Thread-safe. */
final class SignInMeters {
  /** Snowflake's codes for sign-ins that it refuses: a wrong or expired token, password or key. */
  private static final int FIRST_REFUSAL = 390_000;

  private static final int LAST_REFUSAL = 390_999;

  private final Timer ok;
  private final Timer refused;
  private final Timer failed;

  SignInMeters(SignIn signIn, MeterRegistry meters) {
    ok = timer(meters, "ok");
    refused = timer(meters, "refused");
    failed = timer(meters, "failed");
    if (signIn instanceof SignIn.SessionToken(Path file, _)) {
      Gauge.builder("papi.session.token.age", file, SignInMeters::age)
          .description("Since the session token's file was written; infinite if there is none")
          .baseUnit("seconds")
          .register(meters);
    }
  }

  void signedIn(long nanos) {
    ok.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Takes note of a sign-in that was refused, or that failed for another reason. */
  void notSignedIn(SQLException failure, long nanos) {
    int code = failure.getErrorCode();
    boolean isRefusal =
        failure instanceof SQLInvalidAuthorizationSpecException
            || (code >= FIRST_REFUSAL && code <= LAST_REFUSAL);
    (isRefusal ? refused : failed).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A file's time is the wall clock's, and so is its age; one from the future is new. */
  private static double age(Path file) {
    try {
      long written = Files.getLastModifiedTime(file).toMillis();
      return Math.max(0, System.currentTimeMillis() - written) / 1e3;
    } catch (IOException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static Timer timer(MeterRegistry meters, String outcome) {
    return Timer.builder("papi.sign.in")
        .description("Sign-ins with Snowflake, one for each session")
        .tag("outcome", outcome)
        .register(meters);
  }
}
