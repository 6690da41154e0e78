package io.papi.config;

import static java.util.Objects.requireNonNull;

import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Spelling;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.PathTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a query's parameters, its SQL and its paths against each other.
 *
 * @param declared by name
 */
record QueryParameters(
    Section section, Map<String, Parameter> declared, NamedSql sql, List<PathTemplate> paths) {

  /**
   * The parameters in the order in which the SQL names them first; those of the paths are required.
   *
   * @throws io.papi.config.tree.ConfigurationException that says all that does not fit
   */
  List<Parameter> inOrder() {
    Set<String> named = new LinkedHashSet<>(sql.names());
    Set<String> inPath = new HashSet<>(paths.getFirst().names());
    Problems problems = new Problems();
    for (String name : named) {
      problems.in(() -> checkDeclared("sql has :", name));
    }
    for (PathTemplate path : paths) {
      path.names().forEach(name -> problems.in(() -> checkDeclared("paths has ", name)));
      problems.in(() -> checkSame(path, inPath));
    }
    for (Parameter parameter : declared.values()) {
      problems.in(() -> checkUsed(parameter, named, inPath));
      problems.in(() -> checkNeeds(parameter, inPath));
    }
    problems.refuseIfAny();
    List<Parameter> ordered = new ArrayList<>();
    for (String name : named) {
      Parameter parameter = requireNonNull(declared.get(name), "not declared");
      ordered.add(
          inPath.contains(name)
              ? new Parameter(name, parameter.type(), true, Optional.empty())
              : parameter);
    }
    return ordered;
  }

  private void checkDeclared(String where, String name) {
    if (!declared.containsKey(name)) {
      throw section.refusal(
          section.path(where + name)
              + ", which is no parameter"
              + nearest(name).orElse(": declare it under parameters"));
    }
  }

  private Optional<String> nearest(String name) {
    return Spelling.nearest(name, List.copyOf(declared.keySet()))
        .map(near -> ": did you mean " + near + "?");
  }

  private void checkSame(PathTemplate path, Set<String> names) {
    if (!names.equals(new HashSet<>(path.names()))) {
      throw section.refusal(
          section.path("paths")
              + " have different parameters in them: "
              + paths.getFirst()
              + " and "
              + path);
    }
  }

  private void checkUsed(Parameter parameter, Set<String> named, Set<String> inPath) {
    String name = parameter.name();
    String path = section.path(ParameterReader.PARAMETERS + "." + name);
    if (!named.contains(name)) {
      throw section.refusal(
          path + " is not in the SQL: write :" + name + " there, or leave it out");
    }
    if (inPath.contains(name)
        && (parameter.defaultValue().isPresent() || ParameterReader.isNull(section, name))) {
      throw section.refusal(path + " has a default, but it is in the path, so it is always given");
    }
    if (!inPath.contains(name)
        && !parameter.required()
        && !ParameterReader.hasDefault(section, name)) {
      throw section.refusal(path + " has no default, which may be null, and is not required");
    }
  }

  private void checkNeeds(Parameter parameter, Set<String> inPath) {
    if (parameter.needs().isEmpty()) {
      return;
    }
    String needs = parameter.needs().get();
    Parameter needed = declared.get(needs);
    String problem;
    if (needed == null || needs.equals(parameter.name())) {
      problem = "which is no other parameter";
    } else if (needed.required() || inPath.contains(needs)) {
      problem = "which every request gives: leave needs out";
    } else if (parameter.required() || inPath.contains(parameter.name())) {
      problem = "so every request must give both: write required = true there";
    } else {
      return;
    }
    String key =
        ParameterReader.PARAMETERS + "." + parameter.name() + "." + ParameterReader.NEEDS.name();
    throw section.refusal(section.path(key) + " is " + needs + ", " + problem);
  }
}
