package io.papi.loadtest.groups;

import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.requests.CustomerRequests;

/**
 * A call whose outcome is its name in the report: what a service under too much load answers and
 * what it refuses are different things, and neither is a failure.
 */
public final class Outcome {
  /** The customers asked for. */
  public static final String ANSWERED = "answered";

  /** Status 503; of a caller that is held to its limits, 429. */
  public static final String REFUSED = "refused";

  private static final String OTHER = "neither answered nor refused";
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;
  private static final String STATUS = "status";
  private static final String MILLIS = "millis";

  private Outcome() {}

  /** A call for the customers of the session's record. */
  public static ChainBuilder ofCall() {
    return of(CustomerRequests.answeredOrRefused(), UNAVAILABLE);
  }

  /** A call for customers that nobody has, by a caller that is held to its limits. */
  public static ChainBuilder ofFlooder() {
    return of(CustomerRequests.nobodyOrOverLimit(), TOO_MANY);
  }

  private static ChainBuilder of(HttpRequestActionBuilder call, int refusal) {
    return exec(call.check(status().saveAs(STATUS), responseTimeInMillis().saveAs(MILLIS)).silent())
        .exec(
            dummy(session -> name(session, refusal), Outcome::millis)
                .withSuccess(session -> !name(session, refusal).equals(OTHER)));
  }

  private static String name(Session session, int refusal) {
    int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
    if (session.isFailed()) {
      return OTHER;
    }
    return status == 200 ? ANSWERED : status == refusal ? REFUSED : OTHER;
  }

  private static Integer millis(Session session) {
    return session.contains(MILLIS) ? session.getInt(MILLIS) : 0;
  }
}
