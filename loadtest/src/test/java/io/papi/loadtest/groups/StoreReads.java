package io.papi.loadtest.groups;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;

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

  private final StoreLimit limit;
  private final URI admin;

  public StoreReads(StoreLimit limit, URI admin) {
    this.limit = limit;
    this.admin = admin;
  }

  /** The two looks. */
  public ChainBuilder during(Duration time) {
    return exec(HealthRequests.metrics(admin)
            .check(bodyString().transform(limit::reading).saveAs(BEFORE)))
        .pause(time)
        .exec(
            HealthRequests.metrics(admin)
                .check(
                    bodyString()
                        .transformWithSession(this::verdict)
                        .is(StoreLimit.KEPT)
                        .name("ids that the store has read")));
  }

  /** Such a request of another caller, whose need of the store is taken note of. */
  public HttpRequestActionBuilder ofOther(HttpRequestActionBuilder request) {
    return request.transformResponse(
        (response, session) -> {
          limit.answeredOther(String.valueOf(response.header("Cache-Status")));
          return response;
        });
  }

  private String verdict(String metrics, Session session) {
    Reading before = session.get(BEFORE);
    return before == null
        ? "the first look has failed"
        : limit.verdict(before, limit.reading(metrics));
  }
}
