package io.papi.http.query;

import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import io.papi.http.answer.Percent;
import io.papi.http.answer.QueryString;
import io.papi.http.answer.Shown;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Key;
import io.papi.query.Arguments;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the parameters of a query out of a request: from its path, and from its query string, where
 * every name must be known and stand once. An empty value is the default. Immutable.
 */
public final class ArgumentReader {
  private static final String FORMAT = "format";
  private static final String LIMIT = "limit";
  private static final ParameterType ROWS = new ParameterType.Whole(0, Long.MAX_VALUE);

  private final List<Parameter> parameters;

  /** The names that every request may have. */
  private final List<String> ownNames;

  public ArgumentReader(Query query) {
    this.parameters = query.parameters();
    this.ownNames = query.stream().isPresent() ? List.of(FORMAT, LIMIT) : List.of(FORMAT);
  }

  /**
   * The key of the answer that an operator means.
   *
   * @throws ProblemException 400 that names a parameter, what it is and what it may be
   */
  public Key key(ServerRequest request, TemplatePath path) {
    return read(request, path).key();
  }

  /**
   * @throws ProblemException 400 that names a parameter, what it is and what it may be
   */
  Asked read(ServerRequest request, TemplatePath path) {
    HttpPrologue prologue = request.prologue();
    return read(
        path.template().names(),
        path.values(request),
        prologue.hasQuery() ? prologue.query().rawValue() : "");
  }

  /**
   * @param inPath the names of the parameters in the path
   * @param values theirs, as they were sent
   * @param rawQuery the query string, as it was sent
   */
  Asked read(List<String> inPath, List<String> values, String rawQuery) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      given.put(inPath.get(i), decoded(inPath.get(i), values.get(i)));
    }
    QueryString.forEach(
        rawQuery,
        (rawName, rawValue) -> {
          if (!rawName.isEmpty() || !rawValue.isEmpty()) {
            String name = known(rawName, inPath);
            if (given.put(name, decoded(name, rawValue)) != null) {
              throw bad(name + " is given twice");
            }
          }
        });
    String limit = given.getOrDefault(LIMIT, "");
    return new Asked(
        arguments(given).key(),
        Optional.ofNullable(given.get(FORMAT)),
        ownNames.contains(LIMIT) && !limit.isEmpty()
            ? Long.parseLong(canonical(LIMIT, ROWS, limit))
            : Long.MAX_VALUE);
  }

  private Arguments arguments(Map<String, String> given) {
    Map<String, String> canonical = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      String text = given.getOrDefault(name, "");
      if (!text.isEmpty()) {
        canonical.put(name, canonical(name, parameter.type(), text));
      } else if (parameter.required()) {
        throw bad(name + " is missing: give " + parameter.type().allowed());
      } else {
        checkNotNeeded(parameter, given);
        parameter.defaultValue().ifPresent(value -> canonical.put(name, value));
      }
    }
    return new Arguments(canonical);
  }

  private void checkNotNeeded(Parameter absent, Map<String, String> given) {
    String name = absent.name();
    for (Parameter other : parameters) {
      if (other.needs().filter(name::equals).isPresent()
          && !given.getOrDefault(other.name(), "").isEmpty()) {
        String allowed = absent.type().allowed();
        throw bad(name + " is missing, which " + other.name() + " needs: give " + allowed);
      }
    }
  }

  private static String canonical(String name, ParameterType type, String text) {
    return type.canonical(text)
        .orElseThrow(() -> bad(name + " is " + Shown.of(text) + ", not " + type.allowed()));
  }

  /** The name of a parameter that may stand in the query string. */
  private String known(String rawName, List<String> inPath) {
    String name = decoded("a parameter's name", rawName);
    boolean isOwn = parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    if (ownNames.contains(name) || (isOwn && !inPath.contains(name))) {
      return name;
    }
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (!inPath.contains(parameter.name())) {
        names.add(parameter.name());
      }
    }
    names.addAll(ownNames);
    throw bad(
        (name.isEmpty() ? "an empty name" : Shown.of(name))
            + " is no parameter of this path: it takes "
            + String.join(", ", names));
  }

  private static String decoded(String name, String raw) {
    try {
      return Percent.decode(raw, name);
    } catch (ProblemException e) {
      throw bad(e.problem().detail());
    }
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
