package io.papi.loadtest.groups;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static java.util.Objects.requireNonNull;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.platform.StoreLimit;
import io.papi.loadtest.platform.StoreLimit.Reading;
import io.papi.loadtest.requests.HealthRequests;
import java.net.URI;
import java.time.Duration;

/**
 * Two looks at the service's metrics, between which the store must have read what a caller at its
 * limit may have read, and what the others needed. Thread-safe.
 */
public final class StoreReads {
  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  private final StoreLimit limit;
  private final URI admin;

  public StoreReads(StoreLimit limit, URI admin) {
    this.limit = limit;
    this.admin = admin;
  }

  /** The two looks, then a request of which nothing is sent: its name is the verdict. */
  public ChainBuilder during(Duration time) {
    return exec(look(BEFORE))
        .pause(time)
        .exec(look(AFTER))
        .exec(
            dummy(this::verdict, 0)
                .withSuccess(session -> verdict(session).equals(StoreLimit.KEPT)));
  }

  private HttpRequestActionBuilder look(String reading) {
    return HealthRequests.metrics(admin)
        .check(bodyString().transform(limit::reading).saveAs(reading));
  }

  /** Such a request of another caller, whose need of the store is taken note of. */
  public HttpRequestActionBuilder ofOther(HttpRequestActionBuilder request) {
    return request.transformResponse(
        (response, session) -> {
          limit.answeredOther(String.valueOf(response.header("Cache-Status")));
          return response;
        });
  }

  private String verdict(Session session) {
    if (!session.contains(BEFORE) || !session.contains(AFTER)) {
      return "the service has not said what the store read";
    }
    Reading before = session.get(BEFORE);
    Reading after = session.get(AFTER);
    return limit.verdict(requireNonNull(before), requireNonNull(after));
  }
}
