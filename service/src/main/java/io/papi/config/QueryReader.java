package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import io.papi.query.StreamLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the queries that are enabled. */
final class QueryReader {
  /** The section that holds them. */
  static final String QUERIES = "queries";

  private static final Pattern QUERY = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Duration MAX_DEADLINE = Duration.ofMinutes(5);
  private static final int MAX_ROWS = 1_000_000;
  private static final long MEBIBYTE = 1 << 20;

  private static final Key<Boolean> ENABLED = Key.of("enabled", Type.flag(), "true");
  private static final Key<List<String>> PATHS = Key.of("paths", Type.list(Type.text()));
  private static final Key<String> SQL = Key.of("sql", Type.text());
  private static final Key<String> SQL_FILE = Key.of("sql-file", Type.textOfFile());
  private static final Key<Integer> ROWS = Key.of("max-rows", Type.whole(1, MAX_ROWS), "10000");
  private static final Key<Long> BYTES =
      Key.of("max-bytes", Type.bytes(1, 256 * MEBIBYTE), "16 MiB");
  private static final Key<Long> CACHED_BYTES =
      Key.of("max-cached-bytes", Type.bytes(0, 4 * MEBIBYTE), "1 MiB");
  private static final Key<Duration> DEADLINE =
      Key.of("deadline", Type.duration(Duration.ofMillis(100), MAX_DEADLINE), "10s");
  private static final Key<String> WAREHOUSE =
      Key.of("warehouse", Type.text(DatasetReader.NAME, "the name of a warehouse"));
  private static final Key<Boolean> LARGE_NUMBERS_AS_STRINGS =
      Key.of("large-numbers-as-strings", Type.flag(), "false");
  private static final Key<Integer> GENERATION =
      Key.of("generation", Type.whole(0, 1_000_000), "1");

  /** What no parameter of a stream can be called. */
  private static final String LIMIT = "limit";

  private static final Key<Boolean> STREAM = Key.of("stream", Type.flag(), "false");
  private static final Key<Integer> MAX_CONCURRENT =
      Key.of("max-concurrent", Type.whole(1, 1_000), "8");

  /** What a stream, of which nothing is kept, cannot have. */
  private static final List<Key<?>> OF_KEPT_ANSWERS =
      Stream.of(List.<Key<?>>of(ROWS, BYTES, CACHED_BYTES, GENERATION), FreshnessReader.KEYS)
          .<Key<?>>flatMap(List::stream)
          .toList();

  /** Of all queries. */
  private static final Key<Integer> CONNECTIONS =
      Key.of("queries-connections", Type.whole(1, 1_000));

  private static final Key<String> ALL_WAREHOUSE =
      Key.of("queries-warehouse", Type.text(DatasetReader.NAME, "the name of a warehouse"));

  static final List<Key<?>> KEYS = List.of(CONNECTIONS, ALL_WAREHOUSE);

  /** Those that no dataset has, too. */
  static final List<Key<?>> OWN_KEYS =
      List.of(
          ENABLED,
          PATHS,
          SQL,
          SQL_FILE,
          ROWS,
          BYTES,
          CACHED_BYTES,
          DEADLINE,
          WAREHOUSE,
          LARGE_NUMBERS_AS_STRINGS,
          GENERATION,
          STREAM,
          MAX_CONCURRENT,
          CorsReader.ORIGINS);

  static final Shape SHAPE =
      Shape.of(Stream.of(OWN_KEYS, FreshnessReader.KEYS).<Key<?>>flatMap(List::stream).toList())
          .withNamed(ParameterReader.PARAMETERS, ParameterReader.SHAPE);

  private QueryReader() {}

  /** The most statements of one query at once. */
  static int connections(Section root) {
    return root.get(CONNECTIONS);
  }

  /**
   * @param datasets whose names and paths are taken
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static List<Query> readAll(Section root, List<Dataset> datasets) {
    Problems problems = new Problems();
    QueryPaths taken = new QueryPaths(datasets);
    List<Query> queries = new ArrayList<>();
    root.named(QUERIES)
        .forEach(
            (name, section) -> {
              if (problems.in(() -> section.get(ENABLED)).orElse(true)) {
                problems.in(() -> checkName(name, section, datasets));
                problems.in(() -> read(name, section, root)).ifPresent(queries::add);
                problems.in(() -> checkPaths(name, section, taken));
              }
            });
    problems.refuseIfAny();
    return queries;
  }

  private static void checkPaths(String name, Section section, QueryPaths taken) {
    for (PathTemplate path : paths(section)) {
      taken
          .take(name, path)
          .ifPresent(
              by -> {
                throw section.refusal(PATHS, " has " + path + ", which is a path of " + by);
              });
    }
  }

  /** Whether there is one that is not switched off. */
  static boolean hasAny(Section root) {
    return root.named(QUERIES).values().stream()
        .anyMatch(section -> !section.text(ENABLED).equals("false"));
  }

  private static void checkName(String name, Section section, List<Dataset> datasets) {
    if (!QUERY.matcher(name).matches()) {
      throw section.refusal(
          QUERIES + "." + name + ": a query's name is lower-case letters, digits and -");
    }
    if (datasets.stream().anyMatch(dataset -> dataset.name().equals(name))) {
      throw section.refusal(QUERIES + "." + name + ": there is a dataset of this name");
    }
  }

  private static Query read(String name, Section section, Section root) {
    Problems.ofAll(
        () -> section.check(SHAPE.keys()),
        () -> paths(section),
        () -> sql(section),
        () -> ParameterReader.readAll(section),
        () -> stream(section),
        () -> freshness(section, root));
    Map<String, Parameter> declared = ParameterReader.readAll(section);
    List<PathTemplate> paths = paths(section);
    NamedSql sql = sql(section);
    return new Query(
        name,
        paths,
        sql,
        new QueryParameters(section, declared, sql, paths).inOrder(),
        section.get(LARGE_NUMBERS_AS_STRINGS),
        section.get(GENERATION),
        freshness(section, root),
        new QueryLimits(
            section.get(ROWS),
            Math.toIntExact(section.get(BYTES)),
            Math.toIntExact(section.get(CACHED_BYTES)),
            section.get(DEADLINE)),
        stream(section),
        warehouse(section, root));
  }

  private static Optional<StreamLimits> stream(Section section) {
    boolean isStream = section.get(STREAM);
    Problems problems = new Problems();
    for (Key<?> key : isStream ? OF_KEPT_ANSWERS : List.<Key<?>>of(MAX_CONCURRENT)) {
      problems.in(
          () -> {
            if (section.isGiven(key)) {
              throw section.refusal(key, " is not for stream = " + isStream);
            }
          });
    }
    problems.in(
        () -> {
          if (isStream && section.named(ParameterReader.PARAMETERS).containsKey(LIMIT)) {
            throw section.refusal(
                section.path(ParameterReader.PARAMETERS + "." + LIMIT)
                    + ": a request says by limit how many rows of a stream it takes: call the"
                    + " parameter something else");
          }
        });
    problems.refuseIfAny();
    return isStream ? Optional.of(new StreamLimits(section.get(MAX_CONCURRENT))) : Optional.empty();
  }

  private static Freshness freshness(Section section, Section root) {
    return FreshnessReader.ofQuery(section, root, section.get(DEADLINE));
  }

  private static Optional<String> warehouse(Section section, Section root) {
    return section.find(WAREHOUSE).or(() -> root.find(ALL_WAREHOUSE));
  }

  private static List<PathTemplate> paths(Section section) {
    List<String> texts = section.get(PATHS);
    Problems problems = new Problems();
    List<PathTemplate> paths = new ArrayList<>();
    for (String text : texts) {
      problems.in(() -> path(section, text)).ifPresent(paths::add);
    }
    problems.refuseIfAny();
    if (paths.isEmpty()) {
      throw section.refusal(PATHS, " has no path");
    }
    return paths;
  }

  private static PathTemplate path(Section section, String text) {
    try {
      return new PathTemplate(text);
    } catch (IllegalArgumentException e) {
      throw section.refusal(PATHS, " has " + text + ": a path " + e.getMessage());
    }
  }

  private static NamedSql sql(Section section) {
    boolean isInFile = section.isGiven(SQL_FILE);
    if (isInFile == section.isGiven(SQL)) {
      throw section.refusal(
          section.path(SQL.name())
              + (isInFile ? " and sql-file are both given" : " is not given, nor is sql-file"));
    }
    Key<String> key = isInFile ? SQL_FILE : SQL;
    try {
      return NamedSql.read(section.get(key));
    } catch (IllegalArgumentException e) {
      throw section.refusal(key, " " + e.getMessage());
    }
  }
}
