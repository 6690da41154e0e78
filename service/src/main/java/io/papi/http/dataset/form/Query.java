package io.papi.http.dataset.form;

import io.papi.http.answer.Percent;
import io.papi.http.answer.QueryString;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the parameters that a dataset knows out of a query string; it ignores all others. */
final class Query {
  private Query() {}

  /**
   * The values of the parameters that are given: the names of fields each for itself, of all others
   * one.
   *
   * @param raw what follows the question mark, as it was sent
   * @param allowed what a parameter takes, for problems
   * @throws ProblemException 400 for one that is given twice, empty or badly encoded
   */
  static Map<Parameter, List<String>> read(String raw, Function<Parameter, String> allowed) {
    Map<Parameter, List<String>> values = new EnumMap<>(Parameter.class);
    QueryString.forEach(
        raw,
        (rawName, rawValue) ->
            Parameter.of(rawName)
                .ifPresent(
                    parameter -> {
                      String value = value(parameter, rawValue, allowed);
                      List<String> parts =
                          parameter == Parameter.FIELDS
                              ? Arrays.asList(value.split(",", -1))
                              : List.of(value);
                      if (values.put(parameter, parts) != null) {
                        throw bad(parameter, "is given twice", allowed);
                      }
                    }));
    return values;
  }

  private static String value(
      Parameter parameter, String raw, Function<Parameter, String> allowed) {
    String value;
    try {
      value = Percent.decode(raw, "it");
    } catch (ProblemException e) {
      throw bad(parameter, "cannot be decoded (" + e.problem().detail() + ")", allowed);
    }
    if (value.isEmpty()) {
      throw bad(parameter, "is empty", allowed);
    }
    return value;
  }

  /** A problem with a parameter's value, and what it takes. */
  static ProblemException bad(
      Parameter parameter, String why, Function<Parameter, String> allowed) {
    return new ProblemException(
        Problem.badRequest(parameter.word() + " " + why + ": " + allowed.apply(parameter)));
  }
}
