package io.papi.http.dataset;

import io.helidon.http.Status;
import io.papi.http.exchange.Problem;
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
  private final Duration deadline;

  Unanswered(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * The problem of an answer that lacks them.
   *
   * @param outcomes what became of each, in the order asked; neither found nor absent
   */
  Problem problem(Map<Key, Outcome> outcomes) {
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
    Status status;
    String detail;
    if (!unreadable.isEmpty()) {
      // This comes first: for these ids it does not help to ask again.
      status = Status.BAD_GATEWAY_502;
      detail =
          "what the store has of these ids cannot be shown: "
              + String.join(", ", texts(unreadable));
    } else if (reasons.contains(Reason.SCHEMA_MISMATCH)) {
      status = Status.BAD_GATEWAY_502;
      detail = "the store's table is not what this dataset is configured to be";
    } else if (reasons.equals(EnumSet.of(Reason.DEADLINE))) {
      status = Status.GATEWAY_TIMEOUT_504;
      detail = "no answer within " + deadline.toMillis() + " ms";
    } else if (reasons.contains(Reason.OVERLOADED)) {
      status = Status.SERVICE_UNAVAILABLE_503;
      detail = "too many are waiting for the store";
    } else {
      status = Status.SERVICE_UNAVAILABLE_503;
      detail = "the store cannot be asked now";
    }
    return Problem.unavailable(status, detail, texts(outcomes.keySet()));
  }

  static List<String> texts(Collection<Key> keys) {
    return keys.stream().map(Key::text).toList();
  }
}
