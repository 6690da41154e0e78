package io.papi.store.snowflake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The meters of signing in. Thread-safe. */
final class SignInMeters {
  private final Timer ok;
  private final Timer refused;
  private final Timer failed;

  /**
   * @param log knows whether the last sign-in was refused
   */
  SignInMeters(SignIn signIn, SignInLog log, MeterRegistry meters) {
    ok = timer(meters, "ok");
    refused = timer(meters, "refused");
    failed = timer(meters, "failed");
    Gauge.builder("papi.sign.in.refused", log, each -> each.wasRefused() ? 1 : 0)
        .description("1 while Snowflake refuses the sign-in, else 0")
        .register(meters);
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

  void refused(long nanos) {
    refused.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Takes note of a sign-in that failed for another reason than a refusal. */
  void failed(long nanos) {
    failed.record(nanos, TimeUnit.NANOSECONDS);
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
