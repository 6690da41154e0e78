package io.papi.loadtest.groups;

import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.papi.loadtest.requests.CustomerRequests;

/**
 * A call whose outcome is its name in the report: what a service under too much load answers and
 * what it refuses are different things, and neither is a failure.
 */
public final class Outcome {
  /** The customers asked for. */
  public static final String ANSWERED = "answered";

  /** Status 503. */
  public static final String REFUSED = "refused";

  private static final String OTHER = "neither answered nor refused";
  private static final String STATUS = "status";
  private static final String MILLIS = "millis";

  private Outcome() {}

  /** A call for the customers of the session's record. */
  public static ChainBuilder ofCall() {
    return exec(CustomerRequests.answeredOrRefused()
            .check(status().saveAs(STATUS), responseTimeInMillis().saveAs(MILLIS))
            .silent())
        .exec(
            dummy(Outcome::name, Outcome::millis)
                .withSuccess(session -> !name(session).equals(OTHER)));
  }

  private static String name(Session session) {
    int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
    if (status == 503) {
      return REFUSED;
    }
    return status == 200 && !session.isFailed() ? ANSWERED : OTHER;
  }

  private static Integer millis(Session session) {
    return session.contains(MILLIS) ? session.getInt(MILLIS) : 0;
  }
}
