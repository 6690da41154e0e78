package io.papi.http.answer;

import io.helidon.webserver.http.ServerRequest;
import io.papi.dataset.Freshness;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Budget;
import io.papi.lookup.Deadline;
import io.papi.lookup.Need;
import java.util.List;

/**
 * What callers need of the answers of one dataset or query. Whoever may ask for rows that are
 * younger than the caches' own pays for each id as if it were read from the store. Immutable.
 */
public final class Needs {
  private final long freshNanos;

  public Needs(Freshness freshness) {
    this.freshNanos = freshness.freshFor().toNanos();
  }

  /**
   * What {@code request} needs.
   *
   * @param ids how many it is for
   * @param start when work on it began
   * @throws ProblemException 429 if its caller cannot pay
   */
  public Need of(ServerRequest request, Admitted admitted, Deadline deadline, int ids, long start) {
    long oldest = freshNanos;
    Budget budget = admitted.storeIds();
    long maxAge = RequestHeaders.maxAgeNanos(request.headers());
    if (maxAge < freshNanos && admitted.caller().mayBypassCaches()) {
      if (!budget.take(ids)) {
        throw new ProblemException(StoreProblem.overBudget(budget, ids, List.of()));
      }
      oldest = maxAge;
      budget = Budget.UNLIMITED;
    }
    return new Need(
        start, start - oldest, deadline, CallerConnection.of(request).requester(), budget);
  }
}
