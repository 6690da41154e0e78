package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A custom action: an address without parameters, behind which the journey's path comes as it is,
 * then parameters, which are encoded; or a payload, which is an object whose fields have no dot and
 * do not begin with a dollar. An API key is a header.
 */
final class PastedIntoJourneyOptimizer implements Pasted {
  private static final Pattern EXPRESSION =
      Pattern.compile("#\\{ExperiencePlatform\\.Profile\\.profile\\.([\\w.]+)}");

  @Override
  public Request request(String text, Recipient recipient, String key) {
    JsonNode action = JsonMapper.shared().readTree(text);
    assertThat(action.path("url").asString()).doesNotContain("?", "{");
    assertThat(action.path("response").isContainer()).isTrue();
    return action.path("method").asString().equals("POST")
        ? posted(action, recipient)
        : got(action, recipient);
  }

  private static Request got(JsonNode action, Recipient recipient) {
    assertThat(action.path("method").asString()).isEqualTo("GET");
    String query =
        action.path("queryParameters").values().stream()
            .peek(each -> assertThat(each.path("type").asString()).isEqualTo("constant"))
            .map(each -> encoded(each.path("name")) + "=" + encoded(each.path("value")))
            .collect(Collectors.joining("&"));
    String path = action.has("path") ? value(action.path("path").asString(), recipient) : "";
    String address = action.path("url").asString() + path + (query.isEmpty() ? "" : "?" + query);
    return new Request(URI.create(address), headers(action.path("authentication")));
  }

  /** The list of the journey takes the place of the one in the payload. */
  private static Request posted(JsonNode action, Recipient recipient) {
    ObjectNode payload = (ObjectNode) action.path("request");
    assertThat(payload.propertyNames())
        .allSatisfy(name -> assertThat(name).doesNotContain(".").doesNotStartWith("$"));
    assertThat(payload.path("ids").isArray()).isTrue();
    String list = action.path("ids").asString();
    assertThat(list).startsWith("[").endsWith("]");
    payload.putArray("ids").add(value(list.substring(1, list.length() - 1), recipient));
    return new Request(
        URI.create(action.path("url").asString()),
        headers(action.path("authentication")),
        Optional.of(payload.toString()));
  }

  private static String value(String expression, Recipient recipient) {
    Matcher matcher = EXPRESSION.matcher(expression);
    assertThat(matcher.matches()).as(expression).isTrue();
    return switch (matcher.group(1)) {
      case "customerId" -> recipient.id();
      case "personalEmail.address" -> recipient.email();
      case "tea_room" -> recipient.room();
      case String other -> throw new AssertionError("no profile has " + other);
    };
  }

  private static List<String> headers(JsonNode authentication) {
    if (authentication.path("type").asString().equals("No authentication")) {
      return List.of("Content-Type", "application/json");
    }
    assertThat(authentication.path("type").asString()).isEqualTo("API key");
    assertThat(authentication.path("location").asString()).isEqualTo("header");
    return List.of(
        "Content-Type",
        "application/json",
        authentication.path("name").asString(),
        authentication.path("value").asString());
  }

  private static String encoded(JsonNode text) {
    return URLEncoder.encode(text.asString(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
