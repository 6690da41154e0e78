package io.papi.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The parameters of a session, as Snowflake sends them with the answer to a sign-in and to a
 * statement. Names and values are those that the driver's own tests have recorded; what a client
 * sets replaces them.
 */
final class SessionParameters {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final Map<String, Object> OF_THE_SERVER =
      Map.ofEntries(
          Map.entry("AUTOCOMMIT", true),
          Map.entry("BINARY_OUTPUT_FORMAT", "HEX"),
          Map.entry("CLIENT_CONSERVATIVE_MEMORY_ADJUST_STEP", 64),
          Map.entry("CLIENT_DISABLE_INCIDENTS", true),
          Map.entry("CLIENT_ENABLE_CONSERVATIVE_MEMORY_USAGE", true),
          Map.entry("CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS", false),
          Map.entry("CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ", true),
          Map.entry("CLIENT_MEMORY_LIMIT", 1536),
          Map.entry("CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX", false),
          Map.entry("CLIENT_METADATA_USE_SESSION_DATABASE", false),
          Map.entry("CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED", false),
          Map.entry("CLIENT_PREFETCH_THREADS", 4),
          Map.entry("CLIENT_RESULT_CHUNK_SIZE", 16),
          Map.entry("CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false),
          Map.entry("CLIENT_SESSION_CLONE", false),
          Map.entry("CLIENT_SESSION_KEEP_ALIVE", false),
          Map.entry("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600),
          Map.entry("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 65_280),
          Map.entry("CLIENT_TELEMETRY_ENABLED", true),
          Map.entry("CLIENT_TELEMETRY_SESSIONLESS_ENABLED", true),
          Map.entry("CLIENT_TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_LTZ"),
          Map.entry("CLIENT_USE_V1_QUERY_API", true),
          Map.entry("CSV_TIMESTAMP_FORMAT", ""),
          Map.entry("DATE_OUTPUT_FORMAT", "YYYY-MM-DD"),
          Map.entry("ENABLE_STAGE_S3_PRIVATELINK_FOR_US_EAST_1", true),
          Map.entry("JDBC_EFFICIENT_CHUNK_STORAGE", true),
          Map.entry("JDBC_ENABLE_COMBINED_DESCRIBE", true),
          Map.entry("JDBC_ENABLE_PUT_GET", true),
          Map.entry("JDBC_EXECUTE_RETURN_COUNT_FOR_DML", false),
          Map.entry("JDBC_FORMAT_DATE_WITH_TIMEZONE", true),
          Map.entry("JDBC_RS_COLUMN_CASE_INSENSITIVE", false),
          Map.entry("JDBC_TREAT_DECIMAL_AS_INT", true),
          Map.entry("JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", false),
          Map.entry("JDBC_USE_JSON_PARSER", true),
          Map.entry("JDBC_USE_SESSION_TIMEZONE", true),
          Map.entry("QUERY_CONTEXT_CACHE_SIZE", 5),
          Map.entry("SERVICE_NAME", ""),
          Map.entry("TIMESTAMP_LTZ_OUTPUT_FORMAT", ""),
          Map.entry("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3"),
          Map.entry("TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"),
          Map.entry("TIMESTAMP_TZ_OUTPUT_FORMAT", ""),
          Map.entry("TIMEZONE", "America/Los_Angeles"),
          Map.entry("TIME_OUTPUT_FORMAT", "HH24:MI:SS"));

  private SessionParameters() {}

  /**
   * The parameters of a session whose client has set some.
   *
   * @param set names with values, as in a sign-in
   */
  static ArrayNode of(JsonNode set) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    OF_THE_SERVER.forEach((name, value) -> all.put(name, MAPPER.valueToTree(value)));
    set.forEachEntry((name, value) -> all.put(name, typed(value)));
    ArrayNode parameters = MAPPER.createArrayNode();
    all.forEach((name, value) -> parameters.addObject().put("name", name).set("value", value));
    return parameters;
  }

  /** A value with its type, where the client has sent text. */
  private static JsonNode typed(JsonNode value) {
    String text = value.isString() ? value.asString() : "";
    return text.equals("true") || text.equals("false")
        ? MAPPER.getNodeFactory().booleanNode(Boolean.parseBoolean(text))
        : value;
  }
}
