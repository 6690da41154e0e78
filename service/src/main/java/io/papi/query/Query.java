package io.papi.query;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Freshness;
import java.util.List;
import java.util.Optional;

/**
 * A report that callers can ask for: SQL, the parameters in it, and the paths that it has.
 *
 * @param name what metrics and logs call it
 * @param paths where it is asked, at least one; all have the same parameters in them
 * @param parameters in the order in which the SQL names them first
 * @param largeNumbersAsStrings whether exact numbers that do not fit into a binary double are
 *     written as strings
 * @param generation an operator's number: raising it makes every cached answer unknown
 * @param stream the bounds of a stream, if its rows are sent as they are read and kept nowhere
 * @param warehouse where its statements run; empty for the session's own
 */
public record Query(
    String name,
    List<PathTemplate> paths,
    NamedSql sql,
    List<Parameter> parameters,
    boolean largeNumbersAsStrings,
    int generation,
    Freshness freshness,
    QueryLimits limits,
    Optional<StreamLimits> stream,
    Optional<String> warehouse) {

  public Query {
    requireNonNull(name, "name is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(freshness, "freshness is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(stream, "stream is null");
    requireNonNull(warehouse, "warehouse is null");
    paths = List.copyOf(paths);
    parameters = List.copyOf(parameters);
  }

  /** A query whose answers are kept. */
  public Query(
      String name,
      List<PathTemplate> paths,
      NamedSql sql,
      List<Parameter> parameters,
      boolean largeNumbersAsStrings,
      int generation,
      Freshness freshness,
      QueryLimits limits,
      Optional<String> warehouse) {
    this(
        name,
        paths,
        sql,
        parameters,
        largeNumbersAsStrings,
        generation,
        freshness,
        limits,
        Optional.empty(),
        warehouse);
  }
}
