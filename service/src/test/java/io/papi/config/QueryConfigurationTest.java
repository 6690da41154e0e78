package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.config.tree.ConfigurationException;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.Query;
import io.papi.query.StreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How queries are declared, and what a start says of a wrong declaration. */
class QueryConfigurationTest {
  private static final String REPORT =
      """
      queries.report {
        paths = ["/report/{clerk}", "/other/{clerk}"]
        sql = "SELECT o_clerk FROM orders WHERE o_clerk = :clerk AND o_date > :since AND x = :x"
        parameters {
          clerk { type = text, pattern = "[0-9]+" }
          since { type = date, default = "1995-01-01" }
          x { type = whole, min = 1, max = 9, default = null }
        }
      }
      """;

  /** Too small for the usual near caches of three datasets. */
  private static final long SMALL_HEAP = 300 << 20;

  @TempDir private Path directory = Path.of("");

  @Test
  void read_query_hasWhatItSaysAndTheDefaults() throws IOException {
    Query query = read(REPORT, Map.of()).queries().all().getFirst();
    assertThat(query.name()).isEqualTo("report");
    assertThat(query.paths())
        .extracting(Object::toString)
        .containsExactly("/report/{clerk}", "/other/{clerk}");
    assertThat(query.parameters())
        .extracting(Parameter::name)
        .containsExactly("clerk", "since", "x");
    assertThat(query.parameters().get(0).required()).isTrue();
    assertThat(query.parameters().get(1).defaultValue()).contains("1995-01-01");
    assertThat(query.parameters().get(2))
        .isEqualTo(new Parameter("x", new ParameterType.Whole(1, 9), false, Optional.empty()));
    assertThat(query.limits().maxRows()).isEqualTo(10_000);
    assertThat(query.limits().maxBytes()).isEqualTo(16 << 20);
    assertThat(query.limits().maxCachedBytes()).isEqualTo(1 << 20);
    assertThat(query.limits().deadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(query.freshness().freshFor()).isEqualTo(Duration.ofMinutes(3));
    assertThat(query.freshness().staleAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(query.warehouse()).isEmpty();
    assertThat(query.stream()).isEmpty();
  }

  @Test
  void read_withoutAny_isAsItWas() throws IOException {
    assertThat(read("", Map.of()).queries().all()).isEmpty();
  }

  @Test
  void read_environment_isOverTheFile() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PAPI_QUERIES_REPORT_DEADLINE", "2s",
            "PAPI_QUERIES_REPORT_PARAMETERS_SINCE_DEFAULT", "2000-01-01",
            "PAPI_QUERIES_WAREHOUSE", "REPORTS",
            "PAPI_QUERIES_CONNECTIONS", "5");
    Queries queries = read(REPORT, environment).queries();
    Query query = queries.all().getFirst();
    assertThat(query.limits().deadline()).isEqualTo(Duration.ofSeconds(2));
    assertThat(query.freshness().staleAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(query.parameters().get(1).defaultValue()).contains("2000-01-01");
    assertThat(query.warehouse()).contains("REPORTS");
    assertThat(queries.coalesce().lanes()).isEqualTo(5);
    assertThat(queries.coalesce().maxBatch()).isEqualTo(1);
    assertThat(queries.store().connections()).isEqualTo(5);
  }

  @Test
  void read_warehouse_isTheQuerysOwnBeforeThatOfAll() throws IOException {
    String own = REPORT + "queries.report.warehouse = BIG\nqueries-warehouse = REPORTS\n";
    assertThat(read(own, Map.of()).queries().all().getFirst().warehouse()).contains("BIG");
  }

  @Test
  void read_sqlInAFile_isRead() throws IOException {
    Files.writeString(directory.resolve("report.sql"), "-- a report\nSELECT :x AS y\n");
    Query query =
        read(
                """
                queries.report {
                  paths = [/report]
                  sql-file = report.sql
                  parameters.x { type = text, default = a }
                }
                """,
                Map.of())
            .queries()
            .all()
            .getFirst();
    assertThat(query.sql().text(_ -> "?").strip()).isEqualTo("SELECT ? AS y");
  }

  @Test
  void read_queriesAlone_needNoDataset() throws IOException {
    Configuration configuration =
        read(
            REPORT
                + "datasets { customer.enabled = false, product.enabled = false, store.enabled ="
                + " false }",
            Map.of());
    assertThat(configuration.datasets()).isEmpty();
    assertThat(configuration.queries().all()).hasSize(1);
  }

  @Test
  void read_queryThatIsSwitchedOff_isNotThere() throws IOException {
    assertThat(read(REPORT, Map.of("PAPI_QUERIES_REPORT_ENABLED", "false")).queries().all())
        .isEmpty();
  }

  @Test
  void read_stream_hasTheDefaultsOfStreams() throws IOException {
    String stream = REPORT + "queries.report.stream = true\n";
    Queries queries = read(stream, Map.of()).queries();
    assertThat(queries.kept()).isEmpty();
    assertThat(queries.streams()).hasSize(1);
    assertThat(queries.streams().getFirst().stream()).contains(new StreamLimits(8));
    assertThat(queries.streams().getFirst().limits().deadline()).isEqualTo(Duration.ofSeconds(10));
    Map<String, String> environment = Map.of("PAPI_QUERIES_REPORT_MAX_CONCURRENT", "3");
    assertThat(read(stream, environment).queries().streams().getFirst().stream())
        .contains(new StreamLimits(3));
  }

  @Test
  void read_connectionsOfQueries_areKeptFreeBesideThoseOfRows() throws IOException {
    int ofRows = read("", Map.of()).http().storeConnections();
    String stream = REPORT + "queries.report { stream = true, max-concurrent = 5 }";
    assertThat(read(REPORT, Map.of()).http().storeConnections()).isEqualTo(ofRows + 2);
    assertThat(read(stream, Map.of()).http().storeConnections()).isEqualTo(ofRows + 5);
  }

  @Test
  void read_stream_takesNoNearMemoryFromOthers() throws IOException {
    Configuration without = readWith(SMALL_HEAP, "");
    assertThat(readWith(SMALL_HEAP, REPORT + "queries.report.stream = true").near())
        .isEqualTo(without.near());
    assertThat(readWith(SMALL_HEAP, REPORT).near()).isNotEqualTo(without.near());
  }

  @Test
  void read_reportWithALimitOfItsOwn_isNoStream() throws IOException {
    Queries queries =
        read(
                "queries.a { paths = [/a], sql = \"SELECT :limit\", parameters.limit { type ="
                    + " whole, default = 9 } }",
                Map.of())
            .queries();
    assertThat(queries.streams()).isEmpty();
    assertThat(queries.kept().getFirst().parameters().getFirst().name()).isEqualTo("limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "queries.Report { paths = [/a], sql = \"SELECT 1\" } | queries.Report: a query's name is"
            + " lower-case letters, digits and -",
        "queries.customer { paths = [/a], sql = \"SELECT 1\" } | queries.customer: there is a"
            + " dataset of this name",
        "queries.a { sql = \"SELECT 1\" } | queries.a.paths (PAPI_QUERIES_A_PATHS) is not set",
        "queries.a { paths = [], sql = \"SELECT 1\" } | queries.a.paths has no path",
        "queries.a { paths = [a], sql = \"SELECT 1\" } | queries.a.paths has a: a path begins with"
            + " / and has a name after it",
        "queries.a { paths = [\"/a b\"], sql = \"SELECT 1\" } | queries.a.paths has /a b: a path"
            + " has between its slashes letters, digits and - . _ ~, or a parameter as in {year}",
        "queries.a { paths = [\"/{x}/a\"], sql = \"SELECT :x\", parameters.x.type = text } |"
            + " queries.a.paths has /{x}/a, which is a path of every dataset: its first part cannot"
            + " be a parameter",
        "queries.a { paths = [/customer/top], sql = \"SELECT 1\" } | queries.a.paths has"
            + " /customer/top, which is a path of the dataset customer",
        "queries.a { paths = [/test/a], sql = \"SELECT 1\" } | queries.a.paths has /test/a, which"
            + " is a path of the service itself: /test is taken",
        "queries.a { paths = [/docs], sql = \"SELECT 1\" } | queries.a.paths has /docs, which is a"
            + " path of the service itself: /docs is taken",
        "queries.a { paths = [/openapi.json], sql = \"SELECT 1\" } | queries.a.paths has"
            + " /openapi.json, which is a path of the service itself: /openapi.json is taken",
        "queries.a { paths = [/openapi.yaml], sql = \"SELECT 1\" } | queries.a.paths has"
            + " /openapi.yaml, which is a path of the service itself: /openapi.yaml is taken",
        "queries.a { paths = [/a, /a], sql = \"SELECT 1\" } | queries.a.paths has /a, which is a"
            + " path of the query a too, as /a",
        "queries { a { paths = [\"/r/{x}\"], sql = \"SELECT :x\", parameters.x.type = text }, b {"
            + " paths = [/r/s], sql = \"SELECT 1\" } } | queries.b.paths has /r/s, which is a path"
            + " of the query a too, as /r/{x}",
        "queries.a { paths = [\"/a/{x}\", /b], sql = \"SELECT :x\", parameters.x.type = text } |"
            + " queries.a.paths have different parameters in them: /a/{x} and /b",
        "queries.a { paths = [\"/a/{y}\"], sql = \"SELECT :x\", parameters.x { type = text,"
            + " required = true } } | queries.a.paths has y, which is no parameter: did you mean"
            + " x?",
        "queries.a { paths = [/a] } | queries.a.sql is not given, nor is sql-file",
        "queries.a { paths = [/a], sql = \"SELECT 1\", sql-file = papi.conf } | queries.a.sql and"
            + " sql-file are both given",
        "queries.a { paths = [/a], sql-file = none.sql } | queries.a.sql-file: $/none.sql cannot be"
            + " read: there is no such file",
        "queries.a { paths = [/a], sql = \"DROP TABLE t\" } | queries.a.sql does not begin with"
            + " SELECT or WITH",
        "queries.a { paths = [/a], sql = \"SELECT ?\" } | queries.a.sql has a ?: a parameter is"
            + " written :name",
        "queries.a { paths = [/a], sql = \"SELECT :start\", parameters.strat { type = text, default"
            + " = a } } | queries.a.sql has :start, which is no parameter: did you mean strat?",
        "queries.a { paths = [/a], sql = \"SELECT :start\" } | queries.a.sql has :start, which is"
            + " no parameter: declare it under parameters",
        "queries.a { paths = [/a], sql = \"SELECT 1\", parameters.x { type = text, default = a } }"
            + " | queries.a.parameters.x is not in the SQL: write :x there, or leave it out",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x.type = text } |"
            + " queries.a.parameters.x has no default, which may be null, and is not required",
        "queries.a { paths = [\"/a/{x}\"], sql = \"SELECT :x\", parameters.x { type = text, default"
            + " = a } } | queries.a.parameters.x has a default, but it is in the path, so it is"
            + " always given",
        "queries.a { paths = [\"/a/{x}\"], sql = \"SELECT :x\", parameters.x { type = text, default"
            + " = null } } | queries.a.parameters.x has a default, but it is in the path, so it is"
            + " always given",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = text, default = a,"
            + " required = true } } | queries.a.parameters.x.required is true, but there is a"
            + " default: leave out one of them",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = text, default = a,"
            + " needs = y } } | queries.a.parameters.x.needs is y, which is no other parameter",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = text, default = a,"
            + " needs = x } } | queries.a.parameters.x.needs is x, which is no other parameter",
        "queries.a { paths = [\"/a/{y}\"], sql = \"SELECT :x, :y\", parameters { x { type = text,"
            + " default = a, needs = y }, y.type = text } } | queries.a.parameters.x.needs is y,"
            + " which every request gives: leave needs out",
        "queries.a { paths = [/a], sql = \"SELECT :x, :y\", parameters { x { type = text, default"
            + " = a, needs = y }, y { type = text, required = true } } } |"
            + " queries.a.parameters.x.needs is y, which every request gives: leave needs out",
        "queries.a { paths = [\"/a/{x}\"], sql = \"SELECT :x, :y\", parameters { x { type = text,"
            + " needs = y }, y { type = text, default = a } } } | queries.a.parameters.x.needs is"
            + " y, so every request must give both: write required = true there",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { required = true } } |"
            + " queries.a.parameters.x.type (PAPI_QUERIES_A_PARAMETERS_X_TYPE) is not set",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = number, required ="
            + " true } } | queries.a.parameters.x.type is number, not whole, decimal, text, date,"
            + " timestamp, flag or one-of",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = date, default ="
            + " \"1995-02-30\" } } | queries.a.parameters.x.default is 1995-02-30, not a day"
            + " written YYYY-MM-DD",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = whole, max = 9,"
            + " default = 10 } } | queries.a.parameters.x.default is 10, not a whole number from"
            + " -9223372036854775808 to 9",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = whole, min = 9, max ="
            + " 1, default = 5 } } | queries.a.parameters.x.min is 9, above max, 1",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = date, min = soon,"
            + " required = true } } | queries.a.parameters.x.min is soon, not a day, YYYY-MM-DD",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = text, pattern ="
            + " \"[\", required = true } } | queries.a.parameters.x.pattern is no regular"
            + " expression: Unclosed character class",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = whole, pattern ="
            + " \"[0-9]\", required = true } } | queries.a.parameters.x.pattern is not for type ="
            + " whole",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = text, max = 9,"
            + " required = true } } | queries.a.parameters.x.max is not for type = text",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x { type = one-of, required ="
            + " true } } | queries.a.parameters.x.values (PAPI_QUERIES_A_PARAMETERS_X_VALUES) is"
            + " not set",
        "queries.a { paths = [/a], sql = \"SELECT :format\", parameters.format { type = text,"
            + " required = true } } | queries.a.parameters.format: a parameter's name is letters,"
            + " digits and _, no digit first, and not format",
        "queries.a { paths = [/a], sql = \"SELECT :x\", parameters.x-y { type = text, required ="
            + " true } } | queries.a.parameters.x-y: a parameter's name is letters, digits and _,"
            + " no digit first, and not format",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stale-after = 11s } | queries.a.stale-after"
            + " is 11s, above the query's deadline of 10000 ms: lower it, or raise the deadline",
        "queries.a { paths = [/a], sql = \"SELECT 1\", max-rows = 0 } | queries.a.max-rows is 0,"
            + " not 1 to 1000000",
        "queries.a { paths = [/a], sql = \"SELECT 1\", max-cached-bytes = 5 MiB } |"
            + " queries.a.max-cached-bytes is 5 MiB, more than 4194304 B",
        "queries.a { paths = [/a], sql = \"SELECT 1\", deadline = 1h } | queries.a.deadline is 1h,"
            + " not 100 ms to 300000 ms",
        "queries.a { paths = [/a], sql = \"SELECT 1\", warehouse = \"A B\" } | queries.a.warehouse"
            + " is A B, not the name of a warehouse",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, max-rows = 9 } |"
            + " queries.a.max-rows is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, max-bytes = 9 B } |"
            + " queries.a.max-bytes is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, max-cached-bytes = 9 B } |"
            + " queries.a.max-cached-bytes is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, fresh-for = 9s } |"
            + " queries.a.fresh-for is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, stale-after = 9s } |"
            + " queries.a.stale-after is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, generation = 2 } |"
            + " queries.a.generation is not for stream = true",
        "queries.a { paths = [/a], sql = \"SELECT 1\", max-concurrent = 9 } |"
            + " queries.a.max-concurrent is not for stream = false",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = false, max-concurrent = 9 } |"
            + " queries.a.max-concurrent is not for stream = false",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, max-concurrent = 0 } |"
            + " queries.a.max-concurrent is 0, not 1 to 1000",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = true, max-concurrent = 1001 } |"
            + " queries.a.max-concurrent is 1001, not 1 to 1000",
        "queries.a { paths = [/a], sql = \"SELECT 1\", stream = always } | queries.a.stream is"
            + " always, not true or false",
        "queries.a { paths = [/a], sql = \"SELECT :limit\", stream = true, parameters.limit { type"
            + " = whole, default = 9 } } | queries.a.parameters.limit: a request says by limit how"
            + " many rows of a stream it takes: call the parameter something else",
        "queries.a { paths = [\"/a/{limit}\"], sql = \"SELECT :limit\", stream = true,"
            + " parameters.limit.type = whole } | queries.a.parameters.limit: a request says by"
            + " limit how many rows",
        "queries.a { paths = [/a], sql = \"SELECT 1\", colour = red } | queries.a.colour is no key"
            + " of this service: did you mean queries.a.",
      })
  void read_wrongDeclaration_saysWhatToMend(String line, String why) {
    assertThatThrownBy(() -> read(line, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .satisfies(
            e ->
                assertThat(((ConfigurationException) e).problems())
                    .anySatisfy(
                        problem ->
                            assertThat(problem).contains(why.replace("$", directory.toString()))));
  }

  @Test
  void read_manyWrongQueries_areToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    queries {
                      a { paths = [/a], sql = "SELECT ?" }
                      b { paths = [/a], sql = "SELECT :x" }
                      c { sql = "DROP" }
                    }
                    """,
                    Map.of()))
        .satisfies(
            e ->
                assertThat(((ConfigurationException) e).problems()).hasSizeGreaterThanOrEqualTo(4));
  }

  private Configuration read(String text, Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(file(text));
    return Configuration.read(all, directory.resolve("none"));
  }

  private Configuration readWith(long heapBytes, String text) throws IOException {
    return ConfigurationReader.read(file(text), directory.resolve("none"), heapBytes);
  }

  /** The environment that names a file with this text. */
  private Map<String, String> file(String text) throws IOException {
    Path file = directory.resolve("papi.conf");
    Files.writeString(file, text + "\n");
    return Map.of("PAPI_CONFIG", file.toString());
  }
}
