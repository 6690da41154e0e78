package io.papi.store.query;

import static java.util.Objects.requireNonNull;

import io.papi.query.Arguments;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.Query;
import io.papi.store.Dialect;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A query's SQL with a place for each parameter, and how values get there: bound by their types,
 * never written into the text. Immutable and thread-safe.
 *
 * <p>Days and times are bound as text that the statement casts: drivers shift them by the zone of
 * the JVM.
 */
final class Binds {
  private final Map<Dialect, String> texts = new EnumMap<>(Dialect.class);
  private final Map<String, ParameterType> types = new LinkedHashMap<>();
  private final NamedSql named;

  Binds(Query query) {
    for (Parameter parameter : query.parameters()) {
      types.put(parameter.name(), parameter.type());
    }
    this.named = query.sql();
    for (Dialect dialect : Dialect.values()) {
      texts.put(dialect, named.text(name -> place(dialect, type(name))));
    }
  }

  /** The statement, the same for all values. */
  String sql(Dialect dialect) {
    return requireNonNull(texts.get(dialect), "no text");
  }

  /** Binds the values of a request. */
  void bind(PreparedStatement statement, Arguments arguments) throws SQLException {
    bind(statement, arguments::value);
  }

  /** Binds some values of the right types. */
  void bindSamples(PreparedStatement statement) throws SQLException {
    bind(statement, name -> Optional.of(type(name).sample()));
  }

  private void bind(PreparedStatement statement, Function<String, Optional<String>> values)
      throws SQLException {
    int index = 0;
    for (String name : named.names()) {
      index++;
      Optional<String> value = values.apply(name);
      ParameterType type = type(name);
      if (value.isEmpty()) {
        statement.setNull(index, jdbcType(type));
      } else {
        bind(statement, index, type, value.get());
      }
    }
  }

  private static void bind(PreparedStatement statement, int index, ParameterType type, String value)
      throws SQLException {
    switch (type) {
      case ParameterType.Whole _ -> statement.setLong(index, Long.parseLong(value));
      case ParameterType.Decimal _ -> statement.setBigDecimal(index, new BigDecimal(value));
      case ParameterType.Flag _ -> statement.setBoolean(index, Boolean.parseBoolean(value));
      case ParameterType.Text _,
          ParameterType.OneOf _,
          ParameterType.Date _,
          ParameterType.Timestamp _ ->
          statement.setString(index, value);
    }
  }

  private ParameterType type(String name) {
    ParameterType type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("the SQL names " + name + ", which is no parameter");
    }
    return type;
  }

  private static String place(Dialect dialect, ParameterType type) {
    return switch (type) {
      case ParameterType.Date _ -> "CAST(? AS DATE)";
      case ParameterType.Timestamp _ -> "CAST(? AS TIMESTAMP)";
      case ParameterType.Text _, ParameterType.OneOf _ -> typed(dialect, "VARCHAR");
      case ParameterType.Whole _ -> typed(dialect, "BIGINT");
      case ParameterType.Flag _ -> typed(dialect, "BOOLEAN");
      case ParameterType.Decimal _ -> "?";
    };
  }

  /** With Snowflake a value tells its type; others must know it when they read the statement. */
  private static String typed(Dialect dialect, String type) {
    return switch (dialect) {
      case STANDARD -> "CAST(? AS " + type + ")";
      case SNOWFLAKE -> "?";
    };
  }

  private static int jdbcType(ParameterType type) {
    return switch (type) {
      case ParameterType.Whole _ -> Types.BIGINT;
      case ParameterType.Decimal _ -> Types.DECIMAL;
      case ParameterType.Flag _ -> Types.BOOLEAN;
      case ParameterType.Text _,
          ParameterType.OneOf _,
          ParameterType.Date _,
          ParameterType.Timestamp _ ->
          Types.VARCHAR;
    };
  }
}
