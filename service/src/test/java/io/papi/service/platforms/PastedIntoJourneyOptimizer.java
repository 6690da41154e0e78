package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A custom action: an address without parameters, behind which the journey's path comes as it is,
 * then parameters, which are encoded. An API key is a header.
 */
final class PastedIntoJourneyOptimizer implements Pasted {
  @Override
  public Request request(String text, String id, String key) {
    JsonNode action = JsonMapper.shared().readTree(text);
    assertThat(action.path("method").asString()).isEqualTo("GET");
    assertThat(action.path("url").asString()).doesNotContain("?", "{");
    assertThat(action.path("response").isContainer()).isTrue();
    String query =
        action.path("queryParameters").values().stream()
            .peek(each -> assertThat(each.path("type").asString()).isEqualTo("constant"))
            .map(each -> encoded(each.path("name")) + "=" + encoded(each.path("value")))
            .collect(Collectors.joining("&"));
    boolean hasPath = action.has("path");
    if (hasPath) {
      assertThat(action.path("path").asString()).matches("#\\{[\\w.]+}");
    }
    String address =
        action.path("url").asString() + (hasPath ? id : "") + (query.isEmpty() ? "" : "?" + query);
    return new Request(URI.create(address), headers(action.path("authentication")));
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
