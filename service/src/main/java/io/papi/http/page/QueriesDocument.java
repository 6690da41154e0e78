package io.papi.http.page;

import io.papi.http.exchange.Json;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What the test page must know of each query: where it is asked, and what its parameters take. Of
 * SQL it is told nothing. All values are texts as a request would write them, since JavaScript's
 * numbers do not hold all of them; a default that is NULL is null.
 */
final class QueriesDocument {
  private QueriesDocument() {}

  /** The document. Columns may become known at any time. */
  static byte[] json(List<OfferedQuery> queries) {
    return Json.bytes(
        json -> {
          json.writeStartArray();
          queries.forEach(each -> write(json, each));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, OfferedQuery offered) {
    Query query = offered.query();
    json.writeStartObject();
    json.writeStringProperty("name", query.name());
    if (query.stream().isPresent()) {
      json.writeBooleanProperty("stream", true);
    }
    write(json, "paths", query.paths().stream().map(PathTemplate::toString).toList());
    write(json, "columns", offered.columns().get());
    json.writeArrayPropertyStart("parameters");
    query.parameters().forEach(parameter -> write(json, parameter));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Parameter parameter) {
    json.writeStartObject();
    json.writeStringProperty("name", parameter.name());
    json.writeStringProperty("type", parameter.type().word());
    json.writeBooleanProperty("required", parameter.required());
    parameter
        .defaultValue()
        .ifPresentOrElse(
            value -> json.writeStringProperty("default", value),
            () -> json.writeNullProperty("default"));
    writeRules(json, parameter.type());
    json.writeEndObject();
  }

  /** What is allowed; a bound that nobody has set is left out. */
  private static void writeRules(JsonGenerator json, ParameterType type) {
    switch (type) {
      case ParameterType.Whole(long min, long max) -> {
        write(json, "min", Optional.of(min).filter(bound -> bound > Long.MIN_VALUE));
        write(json, "max", Optional.of(max).filter(bound -> bound < Long.MAX_VALUE));
      }
      case ParameterType.Decimal(var min, var max) -> {
        write(json, "min", min.map(BigDecimal::toPlainString));
        write(json, "max", max.map(BigDecimal::toPlainString));
      }
      case ParameterType.Text(var pattern, int length) -> {
        write(json, "pattern", pattern);
        json.writeNumberProperty("length", length);
      }
      case ParameterType.Date(var min, var max) -> {
        write(json, "min", min);
        write(json, "max", max);
      }
      case ParameterType.Timestamp(var min, var max) -> {
        write(json, "min", min);
        write(json, "max", max);
      }
      case ParameterType.Flag _ -> write(json, "values", List.of("true", "false"));
      case ParameterType.OneOf(List<String> values) -> write(json, "values", values);
    }
  }

  private static void write(JsonGenerator json, String name, Optional<?> value) {
    value.ifPresent(one -> json.writeStringProperty(name, one.toString()));
  }

  private static void write(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
