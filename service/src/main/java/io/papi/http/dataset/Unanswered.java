package io.papi.http.dataset;

import io.helidon.http.Status;
import io.papi.http.answer.StoreProblem;
import io.papi.http.exchange.Problem;
import io.papi.lookup.Budget;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says why ids could not be answered. Immutable. */
final class Unanswered {
  private static final String MISMATCH =
      "the store's table is not what this dataset is configured to be";

  private final Duration deadline;

  Unanswered(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * The problem of an answer that lacks them.
   *
   * @param outcomes what became of each, in the order asked; neither found nor absent
   * @param budget what ids that start a load are taken from
   */
  Problem problem(Map<Key, Outcome> outcomes, Budget budget) {
    List<Key> unreadable = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    outcomes.forEach(
        (key, outcome) -> {
          if (outcome instanceof Unavailable(Reason reason)) {
            reasons.add(reason);
          } else {
            unreadable.add(key);
          }
        });
    List<String> ids = texts(outcomes.keySet());
    if (unreadable.isEmpty()) {
      return StoreProblem.of(reasons, deadline, MISMATCH, budget, ids);
    }
    // This comes first: for these ids it does not help to ask again.
    return Problem.unavailable(
        Status.BAD_GATEWAY_502,
        "what the store has of these ids cannot be shown: " + String.join(", ", texts(unreadable)),
        ids);
  }

  static List<String> texts(Collection<Key> keys) {
    return keys.stream().map(Key::text).toList();
  }
}
