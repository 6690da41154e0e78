package io.papi.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares answers with the service's own OpenAPI description: an answer must not have a status, a
 * media type or a header that is not described. Immutable.
 */
public final class DescriptionCheck {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final List<String> TAKEN = List.of("GET", "HEAD", "POST");
  private static final List<String> PAGES = List.of("/test", "/docs");

  private final JsonNode description;

  /**
   * Those with most of them written out come first: an id may look like the path of another key.
   */
  private final Map<Predicate<String>, JsonNode> paths = new LinkedHashMap<>();

  /**
   * @param description the OpenAPI document
   */
  public DescriptionCheck(String description) {
    this.description = JsonMapper.shared().readTree(description);
    this.description
        .path("paths")
        .propertyStream()
        .sorted(Comparator.comparingInt(path -> -literal(path.getKey()).length()))
        .forEach(path -> paths.put(template(path.getKey()), path.getValue()));
  }

  private static String literal(String path) {
    return path.replaceFirst("\\{.*", "");
  }

  /** What is under ids is the dataset's, whatever it is. */
  private static Predicate<String> template(String path) {
    String pattern =
        Pattern.compile("([^{}]*)(\\{[^}]*}|$)")
            .matcher(path)
            .results()
            .map(
                part ->
                    Pattern.quote(part.group(1))
                        + (part.group(2).equals("{ids}")
                            ? ".*"
                            : part.group(2).isEmpty() ? "" : "[^/]+"))
            .collect(Collectors.joining());
    return Pattern.compile(pattern).asMatchPredicate();
  }

  /** What an answer has that is not described, or lacks; empty if it is as described. */
  public List<String> faults(String method, String target, HttpResponse<String> answer) {
    return faults(method, target, answer, false);
  }

  /** The same, with the values of headers and the body compared with their schemas. */
  public List<String> allFaults(String method, String target, HttpResponse<String> answer) {
    return faults(method, target, answer, true);
  }

  private List<String> faults(
      String method, String target, HttpResponse<String> answer, boolean values) {
    String path = target.replaceFirst("\\?.*$", "");
    if (PAGES.stream().anyMatch(page -> path.equals(page) || path.startsWith(page + "/"))) {
      return List.of();
    }
    Optional<JsonNode> response = response(method, path, String.valueOf(answer.statusCode()));
    if (response.isEmpty()) {
      return List.of("no status " + answer.statusCode());
    }
    List<String> faults = new ArrayList<>();
    checkHeaders(response.get().path("headers"), answer, values, faults);
    checkBody(response.get().path("content"), answer, values && !method.equals("HEAD"), faults);
    return faults;
  }

  private Optional<JsonNode> response(String method, String path, String status) {
    JsonNode described =
        paths.entrySet().stream()
            .filter(entry -> entry.getKey().test(path))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(JsonNodeFactory.instance::missingNode);
    JsonNode response;
    if (status.equals("405")) {
      response = description.path("x-other-methods");
    } else if (status.equals("404") && described.isMissingNode()) {
      response = description.path("x-other-paths");
    } else if (TAKEN.contains(method) && !described.isMissingNode()) {
      response = described.path(method.toLowerCase(Locale.ROOT)).path("responses").path(status);
    } else {
      // refused before anybody has looked for a path
      response = description.path("components").path("responses").path(status);
    }
    return Optional.of(resolved(response)).filter(node -> !node.isMissingNode());
  }

  private void checkHeaders(
      JsonNode described, HttpResponse<String> answer, boolean values, List<String> faults) {
    Map<String, JsonNode> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    described
        .properties()
        .forEach(header -> byName.put(header.getKey(), resolved(header.getValue())));
    // OpenAPI leaves Content-Type to the media types.
    answer
        .headers()
        .map()
        .forEach(
            (name, all) -> {
              JsonNode header = byName.get(name);
              if (name.equalsIgnoreCase("Content-Type")) {
                return;
              }
              if (header == null) {
                faults.add("no header " + name);
              } else if (values) {
                all.forEach(value -> checkValue(name, value, header.path("schema"), faults));
              }
            });
    byName.forEach(
        (name, header) -> {
          if (header.path("required").asBoolean() && answer.headers().firstValue(name).isEmpty()) {
            faults.add("header " + name + " is missing");
          }
        });
  }

  private static void checkValue(String name, String value, JsonNode schema, List<String> faults) {
    JsonNode typed =
        schema.path("type").asString().equals("integer")
            ? JsonMapper.shared().readTree(value)
            : JsonNodeFactory.instance.stringNode(value);
    check("header " + name, typed, schema, faults);
  }

  private void checkBody(
      JsonNode content, HttpResponse<String> answer, boolean values, List<String> faults) {
    Optional<String> type =
        answer.headers().firstValue("Content-Type").map(value -> value.replaceFirst(";.*", ""));
    if (type.isEmpty()) {
      if (!answer.body().isEmpty()) {
        faults.add("a body without a media type");
      }
      return;
    }
    JsonNode media = content.path(type.get());
    if (media.isMissingNode()) {
      faults.add("no media type " + type.get());
    } else if (values
        && media.has("schema")
        && type.get().endsWith("json")
        && !type.get().endsWith("x-ndjson")) {
      check(
          "body",
          JsonMapper.shared().readTree(answer.body()),
          resolved(media.path("schema")),
          faults);
    }
  }

  private static void check(String what, JsonNode value, JsonNode schema, List<String> faults) {
    Schema made = SCHEMAS.getSchema(schema);
    for (Error error : made.validate(value)) {
      faults.add(what + ": " + error);
    }
  }

  /** A part with all references in it replaced by what they refer to. */
  private JsonNode resolved(JsonNode node) {
    if (node.has("$ref")) {
      return resolved(description.at(node.path("$ref").asString().substring(1)));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(each -> all.set(each.getKey(), resolved(each.getValue())));
      return all;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> all.add(resolved(each)));
      return all;
    }
    return node;
  }
}
