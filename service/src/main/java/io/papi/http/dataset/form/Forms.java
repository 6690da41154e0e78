package io.papi.http.dataset.form;

import io.helidon.http.Status;
import io.papi.caller.Caller;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Choice;
import io.papi.dataset.MissingPolicy;
import io.papi.http.answer.Shown;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.exchange.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms that the answers of one dataset can have: what its rules say, and what a request's
 * query string or body says instead. Thread-safe.
 */
public final class Forms {
  private final AnswerRules rules;
  private final Supplier<List<String>> names;
  private final ViewRights rights;
  private final Form usual;

  /** Made when the names are first known. */
  private volatile @Nullable Columns columns;

  /**
   * @param names the columns as answers show them; none while they are not known yet
   */
  public Forms(AnswerRules rules, Supplier<List<String>> names) {
    this.rules = rules;
    this.names = names;
    this.rights = new ViewRights(rules.views());
    this.usual = new Form(rules.shape(), Selection.WHOLE, rules.missing(), false);
  }

  /**
   * The form of an answer to a request that says nothing of it.
   *
   * @throws RefusedException if {@code caller} may not have whole rows
   */
  public Form usual(Caller caller) {
    rights.checkWhole(caller);
    return usual;
  }

  /**
   * The form that a query string asks for.
   *
   * @throws ProblemException 400 for what it cannot ask for, 503 for columns while they are not
   *     known
   * @throws RefusedException for what {@code caller} may not have
   */
  public Form read(String query, Caller caller) {
    return of(Query.read(query, this::allowed), caller);
  }

  /**
   * Refuses a query string that asks for a form, where a body does that.
   *
   * @throws ProblemException 400 for the first parameter that means something
   */
  public void checkNone(String query) {
    Query.read(query, this::allowed)
        .keySet()
        .forEach(
            parameter -> {
              throw new ProblemException(
                  Problem.badRequest(parameter.word() + " is to stand in the body"));
            });
  }

  /**
   * The form that {@code given} asks for.
   *
   * @param given the names of fields, and of all others one value
   * @throws ProblemException 400 for what it cannot ask for, 503 for columns while they are not
   *     known
   * @throws RefusedException for what {@code caller} may not have
   */
  public Form of(Map<Parameter, List<String>> given, Caller caller) {
    if (given.isEmpty()) {
      return usual(caller);
    }
    AnswerShape shape = choice(given, Parameter.SHAPE, AnswerShape.values(), rules.shape());
    MissingPolicy missing =
        choice(given, Parameter.MISSING, MissingPolicy.values(), rules.missing());
    if (missing == MissingPolicy.DEFAULT && rules.defaultRow().isEmpty()) {
      throw bad(Parameter.MISSING, "cannot be default, as this dataset has no default-row");
    }
    return new Form(shape, selection(given, caller), missing, standsIn(given, missing));
  }

  private boolean standsIn(Map<Parameter, List<String>> given, MissingPolicy missing) {
    List<String> values = given.get(Parameter.UNAVAILABLE);
    if (values == null) {
      return false;
    }
    String value = values.getFirst();
    if (!value.equals(MissingPolicy.DEFAULT.word())) {
      throw bad(Parameter.UNAVAILABLE, "is " + Shown.of(value));
    }
    if (missing != MissingPolicy.DEFAULT) {
      throw bad(Parameter.UNAVAILABLE, "is given without missing=default");
    }
    return true;
  }

  private Selection selection(Map<Parameter, List<String>> given, Caller caller) {
    List<String> fields = given.get(Parameter.FIELDS);
    List<String> views = given.get(Parameter.VIEW);
    if (fields != null && views != null) {
      throw bad(Parameter.VIEW, "cannot stand beside fields");
    }
    if (views != null) {
      String view = views.getFirst();
      rights.checkView(caller, view);
      List<String> listed = rules.views().get(view);
      if (listed == null) {
        throw bad(Parameter.VIEW, "is " + Shown.of(view));
      }
      return fields(Parameter.VIEW, listed);
    }
    if (fields == null) {
      rights.checkWhole(caller);
      return Selection.WHOLE;
    }
    rights.checkFields(caller, fields);
    return fields(Parameter.FIELDS, fields);
  }

  private Selection fields(Parameter parameter, List<String> listed) {
    Columns known =
        columns()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            Status.SERVICE_UNAVAILABLE_503,
                            "the columns are not known before the store has been reached")));
    int[] places = new int[listed.size()];
    boolean[] seen = new boolean[known.count()];
    for (int i = 0; i < places.length; i++) {
      String name = listed.get(i);
      OptionalInt place = known.place(name);
      if (place.isEmpty()) {
        String why = name.isEmpty() ? "has an empty name" : "has " + Shown.of(name);
        throw bad(parameter, why);
      }
      places[i] = place.getAsInt();
      if (seen[places[i]]) {
        throw bad(parameter, "has " + Shown.of(name) + " twice");
      }
      seen[places[i]] = true;
    }
    return new Fields(known, places);
  }

  private Optional<Columns> columns() {
    Columns known = columns;
    if (known == null) {
      List<String> now = names.get();
      if (now.isEmpty()) {
        return Optional.empty();
      }
      known = new Columns(now);
      columns = known;
    }
    return Optional.of(known);
  }

  private <C extends Choice> C choice(
      Map<Parameter, List<String>> given, Parameter parameter, C[] choices, C usual) {
    List<String> values = given.get(parameter);
    if (values == null) {
      return usual;
    }
    String value = values.getFirst();
    for (C choice : choices) {
      if (choice.word().equals(value)) {
        return choice;
      }
    }
    throw bad(parameter, "is " + Shown.of(value));
  }

  private ProblemException bad(Parameter parameter, String why) {
    return Query.bad(parameter, why, this::allowed);
  }

  /** What a parameter takes, in words. */
  private String allowed(Parameter parameter) {
    return switch (parameter) {
      case SHAPE -> "write " + words(AnswerShape.values());
      case FIELDS ->
          "write names of columns, each once, with commas between them"
              + columns().map(known -> ": " + String.join(", ", known.names())).orElse("");
      case VIEW ->
          rules.views().isEmpty()
              ? "this dataset has no views"
              : "write " + or(List.copyOf(new TreeMap<>(rules.views()).keySet()));
      case MISSING ->
          rules.defaultRow().isPresent()
              ? "write " + words(MissingPolicy.values())
              : "write " + words(MissingPolicy.OMIT, MissingPolicy.NOT_FOUND);
      case UNAVAILABLE ->
          rules.defaultRow().isPresent()
              ? "write missing=default&unavailable=default, or leave it out"
              : "leave it out, as this dataset has no default-row";
    };
  }

  private static String words(Choice... choices) {
    return or(Arrays.stream(choices).map(Choice::word).toList());
  }

  private static String or(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
