package io.papi.http.answer;

import io.helidon.http.Status;
import io.papi.http.exchange.Problem;
import io.papi.lookup.Budget;
import io.papi.lookup.Outcome.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Says why the store has given no answer. */
public final class StoreProblem {
  private StoreProblem() {}

  /**
   * The problem of an answer that lacks something.
   *
   * @param reasons at least one
   * @param deadline the longest that the caller waits
   * @param mismatch what the store is not, as it is configured
   * @param budget what ids that start a load are taken from
   * @param ids what could not be answered; none where there is nothing to tell apart
   */
  public static Problem of(
      Set<Reason> reasons, Duration deadline, String mismatch, Budget budget, List<String> ids) {
    if (reasons.equals(EnumSet.of(Reason.OVER_BUDGET))) {
      return overBudget(budget, Math.max(1, ids.size()), ids);
    }
    Status status = Status.SERVICE_UNAVAILABLE_503;
    String detail = "the store cannot be asked now";
    if (reasons.contains(Reason.SCHEMA_MISMATCH)) {
      status = Status.BAD_GATEWAY_502;
      detail = mismatch;
    } else if (reasons.equals(EnumSet.of(Reason.DEADLINE))) {
      status = Status.GATEWAY_TIMEOUT_504;
      detail = "no answer within " + deadline.toMillis() + " ms";
    } else if (reasons.equals(EnumSet.of(Reason.CONTRADICTED))) {
      detail = "the rows change while they are read";
    } else if (reasons.contains(Reason.OVERLOADED)) {
      detail = "too many are waiting for the store";
    }
    return Problem.unavailable(status, detail, ids);
  }

  /**
   * The problem of a caller who has had too many ids read from the store.
   *
   * @param wanted how many more there would have been
   */
  public static Problem overBudget(Budget budget, int wanted, List<String> ids) {
    return Problem.tooMany(budget.limit(), budget.until(wanted), ids);
  }
}
