package io.papi.http.dataset.form;

import io.helidon.http.Status;
import io.papi.caller.Caller;
import io.papi.http.answer.Shown;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which parts of a dataset's rows a caller may have: all of them, or those in its views. Immutable.
 */
final class ViewRights {
  private final Map<String, List<String>> views;

  /**
   * @param views the dataset's, with their columns
   */
  ViewRights(Map<String, List<String>> views) {
    this.views = Map.copyOf(views);
  }

  /**
   * @throws RefusedException if {@code caller} may not have whole rows
   */
  void checkWhole(Caller caller) {
    caller
        .rights()
        .views()
        .ifPresent(
            own -> {
              throw refusal(caller, "whole rows", own);
            });
  }

  /**
   * @throws RefusedException if {@code caller} may not have {@code view}, be there one or not
   */
  void checkView(Caller caller, String view) {
    caller
        .rights()
        .views()
        .filter(own -> !own.contains(view))
        .ifPresent(
            own -> {
              throw refusal(caller, "view=" + Shown.of(view), own);
            });
  }

  /**
   * @throws RefusedException if {@code caller} may not have one of {@code fields}, be it a column
   *     or not
   */
  void checkFields(Caller caller, List<String> fields) {
    caller.rights().views().ifPresent(own -> checkFields(caller, fields, own));
  }

  private void checkFields(Caller caller, List<String> fields, Set<String> own) {
    Set<String> columns =
        own.stream()
            .flatMap(view -> views.getOrDefault(view, List.of()).stream())
            .collect(Collectors.toSet());
    for (String field : fields) {
      if (!columns.contains(field)) {
        throw refusal(caller, "field " + Shown.of(field), own);
      }
    }
  }

  private static RefusedException refusal(Caller caller, String what, Set<String> own) {
    return new RefusedException(
        caller,
        RefusedException.Why.RIGHT,
        Problem.of(
            Status.FORBIDDEN_403,
            "caller %s may not ask for %s, only for view=%s or fields of it"
                .formatted(caller.name(), what, String.join(" or ", new TreeSet<>(own)))));
  }
}
