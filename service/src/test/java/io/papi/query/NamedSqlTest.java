package io.papi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Property;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSqlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT :a                               | SELECT ?",
        "select a from t where b=:a and c>=:b    | select a from t where b=? and c>=?",
        "SELECT (:a),:b,+:c                      | SELECT (?),?,+?",
        "WITH x AS (SELECT :a AS a) SELECT * FROM x | WITH x AS (SELECT ? AS a) SELECT * FROM x",
        "(SELECT :a) UNION (SELECT :a)           | (SELECT ?) UNION (SELECT ?)",
        "SELECT :a::DATE, x::date                | SELECT ?::DATE, x::date",
        "SELECT v:a, v:a.b[0]:c                  | SELECT v:a, v:a.b[0]:c",
        "SELECT PARSE_JSON(x):a, \"V\":b         | SELECT PARSE_JSON(x):a, \"V\":b",
        "SELECT a$:b, ä:b, t_1:b                 | SELECT a$:b, ä:b, t_1:b",
        "SELECT PARSE_JSON(:a):b                 | SELECT PARSE_JSON(?):b",
        "SELECT ':a', 'it''s :a', ''             | SELECT ':a', 'it''s :a', ''",
        "SELECT $$:a ' $$, :b                    | SELECT $$:a ' $$, ?",
        "SELECT a$$ + :b, c$$                    | SELECT a$$ + ?, c$$",
        "SELECT \":a\", \"a\"\":b\", :c          | SELECT \":a\", \"a\"\":b\", ?",
        "SELECT 'a' -- :b                        | SELECT 'a'",
        "SELECT 'a' // it's :b                   | SELECT 'a'",
        "SELECT /* :b /* ' */ \" */ :c           | SELECT   ?",
        "SELECT/**/:c                            | SELECT ?",
        "SELECT '\\\\', :a                       | SELECT '\\\\', ?",
        "SELECT arr[1:2], a : b                  | SELECT arr[1:2], a : b",
        "SELECT 1 / 2 - 3 * :a                   | SELECT 1 / 2 - 3 * ?",
      })
  void read_parameters_areWhereTheyStand(String sql, String statement) {
    assertThat(NamedSql.read(sql).text(_ -> "?")).isEqualTo(statement);
  }

  @Test
  void read_names_areInTheirOrderAndAsOften() {
    NamedSql sql = NamedSql.read("SELECT :b, :a_1, :b FROM t -- :c\n WHERE x = :C");
    assertThat(sql.names()).containsExactly("b", "a_1", "b", "C");
    assertThat(sql).hasToString("SELECT :b, :a_1, :b FROM t  \n WHERE x = :C");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT ?                 | has a ?: a parameter is written :name",
        "SELECT 1; DROP TABLE t   | has a ;: it is one statement, without an end",
        "SELECT 1;                | has a ;: it is one statement, without an end",
        "SELECT 'a                | has a ' that is not closed",
        "SELECT 'a''              | has a ' that is not closed",
        "SELECT 'a\\', :b         | has \\' in a literal, which databases read differently: write"
            + " ''",
        "SELECT 'a\\'' :b         | has \\' in a literal, which databases read differently: write"
            + " ''",
        "SELECT \"a               | has a \" that is not closed",
        "SELECT $$a $ $           | has a $$ that is not closed",
        "SELECT /* /* */ 1        | has a /* that is not closed",
        "SELECT :1                | has :1: a parameter's name begins with a letter",
        "DELETE FROM t            | does not begin with SELECT or WITH",
        "-- SELECT\\nDROP TABLE t  | does not begin with SELECT or WITH",
        "SELECTED                 | does not begin with SELECT or WITH",
        ":a SELECT                | does not begin with SELECT or WITH",
      })
  void read_whatCannotBeAQuery_saysWhy(String sql, String why) {
    assertThatThrownBy(() -> NamedSql.read(sql.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--", "/**/", "("})
  void read_nothing_saysWhy(String sql) {
    assertThatThrownBy(() -> NamedSql.read(sql)).hasMessage("does not begin with SELECT or WITH");
  }

  /** H2 finds as many places in the statement as there are names, wherever they stand. */
  @Test
  void read_anyPieces_haveTheirPlacesForADatabaseToo() throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:")) {
      Property.check(
          300,
          random -> {
            List<String> expected = new ArrayList<>();
            StringBuilder sql = new StringBuilder("SELECT 1");
            int pieces = random.nextInt(12);
            for (int i = 0; i < pieces; i++) {
              sql.append(noise(random)).append(", ").append(noise(random));
              sql.append(piece(random, expected)).append(noise(random));
            }
            NamedSql read = NamedSql.read(sql.toString());
            assertThat(read.names()).as(sql.toString()).isEqualTo(expected);
            String statement = read.text(_ -> "CAST(? AS VARCHAR)");
            try (PreparedStatement prepared = database.prepareStatement(statement)) {
              assertThat(prepared.getParameterMetaData().getParameterCount())
                  .as(statement)
                  .isEqualTo(expected.size());
            }
          });
    }
  }

  private static String piece(RandomGenerator random, List<String> expected) {
    return switch (random.nextInt(5)) {
      case 0 -> "'" + text(random).replace("\\", "").replace("'", "''") + "'";
      case 1 -> "$$" + text(random).replace("$", "") + "$$";
      case 2 -> "1 AS \"" + text(random).replace("\"", "\"\"") + "x\"";
      default -> {
        String name = "p" + random.nextInt(3);
        expected.add(name);
        yield ":" + name;
      }
    };
  }

  /** Blanks and comments, whatever is in them. */
  private static String noise(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> "--" + text(random) + "\n";
      case 1 -> "//" + text(random) + "\n";
      case 2 -> "/*" + text(random).replace("*", "").replace("/", "") + "/* :x ' */*/";
      default -> " ";
    };
  }

  private static String text(RandomGenerator random) {
    String[] parts = {
      ":a", "'", "\"", "--", "//", "/ *", "* /", "?", ";", "\\", "$", " ", "ä", "]"
    };
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
