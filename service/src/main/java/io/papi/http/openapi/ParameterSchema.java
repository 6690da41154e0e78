package io.papi.http.openapi;

import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a query's parameter. A rule that JSON Schema has no word for is {@code x-…}. */
final class ParameterSchema {
  private static final String DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
  private static final String TIME =
      "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?$";

  private ParameterSchema() {}

  static ObjectNode of(Parameter parameter) {
    ObjectNode schema = of(parameter.type(), parameter.required());
    parameter.defaultValue().ifPresent(value -> put(schema, "default", parameter.type(), value));
    return schema;
  }

  private static ObjectNode of(ParameterType type, boolean required) {
    return switch (type) {
      case ParameterType.Whole(long min, long max) ->
          Tree.type("integer").put("format", "int64").put("minimum", min).put("maximum", max);
      case ParameterType.Decimal(var min, var max) -> decimal(min, max);
      case ParameterType.Text text -> text(text, required);
      case ParameterType.Date(var min, var max) ->
          bounded(Tree.type("string").put("format", "date"), min, max);
      case ParameterType.Timestamp(var min, var max) ->
          bounded(
              Tree.type("string").put("format", "date-time-local").put("pattern", DAY + TIME),
              min,
              max);
      case ParameterType.Flag _ -> Tree.type("boolean");
      case ParameterType.OneOf(var values) -> {
        ObjectNode schema = Tree.type("string");
        schema.set("enum", Tree.texts(values));
        yield schema;
      }
    };
  }

  private static ObjectNode decimal(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    ObjectNode schema = Tree.type("number").put("format", "decimal");
    min.ifPresent(bound -> schema.put("minimum", bound));
    max.ifPresent(bound -> schema.put("maximum", bound));
    return schema;
  }

  /** Where nothing else is said, control characters are left out. */
  private static ObjectNode text(ParameterType.Text text, boolean required) {
    ObjectNode schema = Tree.type("string");
    if (required) {
      schema.put("minLength", 1);
    }
    schema.put("maxLength", text.length());
    if (text.pattern().isEmpty()) {
      return schema.put("pattern", PortablePattern.NO_CONTROLS);
    }
    String pattern = text.pattern().get().pattern();
    if (PortablePattern.is(pattern)) {
      schema.put("pattern", PortablePattern.whole(pattern));
      schema.putObject("not").put("pattern", PortablePattern.A_CONTROL);
      return schema;
    }
    return schema.put("pattern", PortablePattern.NO_CONTROLS).put("x-java-pattern", pattern);
  }

  private static ObjectNode bounded(ObjectNode schema, Optional<?> min, Optional<?> max) {
    min.ifPresent(bound -> schema.put("x-minimum", bound.toString()));
    max.ifPresent(bound -> schema.put("x-maximum", bound.toString()));
    return schema;
  }

  /** Adds a value that it takes, where one is known. */
  static void putExample(ObjectNode described, Parameter parameter) {
    boolean isAnyText =
        !(parameter.type() instanceof ParameterType.Text(var pattern, _)) || pattern.isEmpty();
    parameter
        .defaultValue()
        .or(() -> isAnyText ? Optional.of(parameter.type().sample()) : Optional.empty())
        .ifPresent(value -> put(described, "example", parameter.type(), value));
  }

  private static void put(ObjectNode node, String name, ParameterType type, String value) {
    switch (type) {
      case ParameterType.Whole _ -> node.put(name, Long.parseLong(value));
      case ParameterType.Decimal _ -> node.put(name, new BigDecimal(value));
      case ParameterType.Flag _ -> node.put(name, Boolean.parseBoolean(value));
      case ParameterType.Text _,
          ParameterType.Date _,
          ParameterType.Timestamp _,
          ParameterType.OneOf _ ->
          node.put(name, value);
    }
  }
}
