package io.papi.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as the SQL of a query: refused, or read in such a way that a database which takes the
 * statement finds as many places for values in it as there are names, and no value is part of its
 * text. A plain run tries the seeds alone.
 */
class NamedSqlFuzzTest {

  static Stream<Arguments> seeds() {
    return Stream.of(
            "",
            "SELECT 1",
            "SELECT :a, ':a', \":a\", $$:a$$ /* :a */ -- :a",
            "SELECT :a::INT, x::DATE FROM t WHERE v:b = :c",
            "SELECT 'it''s' || :a || 'b\\\\' || \"q\"\"q\"",
            "SELECT 'a\\' || :b --",
            "WITH x AS (SELECT :a AS a) SELECT a FROM x /* /* */ :b */",
            "SELECT a$$:b$$",
            "SELECT $$ :a",
            "SELECT 1; SELECT ?",
            "// :a\nSELECT :a",
            "SELECT/**/:a/**/:b",
            "SELECT 1 -- \r, :a",
            "SELECT \u00e4:a, \uD83D\uDE00:b, :c")
        .map(sql -> arguments((Object) sql.getBytes(UTF_8)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyText_isRefusedOrHasItsPlaces(byte[] bytes) throws SQLException {
    NamedSql read;
    try {
      read = NamedSql.read(new String(bytes, UTF_8));
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(NamedSql.read(read.toString())).isEqualTo(read);
    String statement = read.text(_ -> "CAST(? AS VARCHAR)");
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:")) {
      int places;
      try (PreparedStatement prepared = database.prepareStatement(statement)) {
        places = prepared.getParameterMetaData().getParameterCount();
      } catch (SQLException e) {
        return; // it is no statement
      }
      assertThat(places).as(statement).isEqualTo(read.names().size());
    }
  }
}
