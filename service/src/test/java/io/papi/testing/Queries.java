package io.papi.testing;

import io.papi.dataset.Freshness;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Queries for tests. */
public final class Queries {
  public static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          0);

  public static final QueryLimits LIMITS =
      new QueryLimits(10_000, 16 << 20, 1 << 20, Duration.ofSeconds(10));

  private Queries() {}

  /** A query with the usual bounds. */
  public static Query of(String name, String path, String sql, List<Parameter> parameters) {
    return of(name, path, sql, parameters, LIMITS);
  }

  public static Query of(
      String name, String path, String sql, List<Parameter> parameters, QueryLimits limits) {
    return new Query(
        name,
        List.of(new PathTemplate(path)),
        NamedSql.read(sql),
        parameters,
        false,
        1,
        FRESHNESS,
        limits,
        Optional.empty());
  }
}
