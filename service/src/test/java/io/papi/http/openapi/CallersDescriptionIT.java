package io.papi.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Sha256;
import io.papi.testing.DescriptionCheck;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of a service whose callers have to sign in. */
final class CallersDescriptionIT {
  private static final String KEY = "the-key-of-web-0123456789abcdefghijklmnop";
  private static final String SLOW = "the-key-of-slow-0123456789abcdefghijklmno";

  @TempDir private static Path folder;

  private static TestService service;
  private static TestClient client;
  private static String description;

  @BeforeAll
  static void start() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            callers {
              web { keys-sha256 = ["%s"], datasets = [store] }
              slow { keys-sha256 = ["%s"], datasets = [customer], requests-per-second = 1 }
            }
            """
                .formatted(hash(KEY), hash(SLOW)));
    service =
        TestService.start(
            Map.of(
                "PAPI_CONFIG",
                file.toString(),
                "PAPI_ROWS",
                "200",
                "PAPI_DATASETS_STORE_ENABLED",
                "true"));
    client = service.client();
    description = client.get("/openapi.json", "X-API-Key", KEY).body();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void description_hasTheWaysToSignIn_andTheRootNeedsNone() {
    JsonNode tree = JsonMapper.shared().readTree(description);
    assertThat(tree.path("components").path("securitySchemes").propertyNames())
        .containsExactly("bearer", "basic", "key");
    assertThat(tree.path("security").size()).isEqualTo(3);
    assertThat(tree.at("/paths/~1/get/security").isArray()).isTrue();
    assertThat(tree.at("/paths/~1/get/security").isEmpty()).isTrue();
  }

  @Test
  void answer_withoutAKey_is401AsDescribed() {
    assertAsDescribed(401, "/customer/1");
    assertAsDescribed(401, "/openapi.json");
    assertAsDescribed(200, "/");
  }

  @Test
  void answer_toWhatIsNotTheCallers_is403AsDescribed() {
    assertAsDescribed(403, "/customer/1", "X-API-Key", KEY);
  }

  @Test
  void answer_beyondALimit_is429AsDescribed() {
    HttpResponse<String> answer = client.get("/customer/1", "X-API-Key", SLOW);
    for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
      answer = client.get("/customer/1", "X-API-Key", SLOW);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(faults("/customer/1", answer)).isEmpty();
  }

  private static void assertAsDescribed(int status, String path, String... headers) {
    HttpResponse<String> answer = client.send("GET", path, headers);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(faults(path, answer)).isEmpty();
  }

  private static List<String> faults(String path, HttpResponse<String> answer) {
    return new DescriptionCheck(description).allFaults("GET", path, answer);
  }

  private static String hash(String key) {
    return HexFormat.of().formatHex(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}
