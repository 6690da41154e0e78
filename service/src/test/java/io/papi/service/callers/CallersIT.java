package io.papi.service.callers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.caller.NewKey;
import io.papi.testing.Await;
import io.papi.testing.CapturedLog;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call a service that knows its callers, what, and how much. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersIT {
  private static final String MAIL = NewKey.random().text();
  private static final String OLD_WEB = NewKey.random().text();
  private static final String WEB = NewKey.random().text();
  private static final String SLOW = NewKey.random().text();
  private static final String READER = NewKey.random().text();
  private static final String POOR = NewKey.random().text();

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    String text =
        """
        embedded-scripts = []
        datasets.customer.views {
          mail = [C_FIRST_NAME, C_EMAIL_ADDRESS]
          web = [C_CUSTOMER_SK, C_LAST_NAME]
        }
        queries.count {
          paths = ["/count"]
          sql = "SELECT COUNT(*) AS customers FROM API.DATA.HYBRID_CUSTOMER"
        }
        queries.all {
          paths = ["/all"]
          sql = "SELECT C_CUSTOMER_SK FROM API.DATA.HYBRID_CUSTOMER"
          stream = true
        }
        callers {
          mail { keys-sha256 = [%s], datasets = [customer], views = [mail] }
          web { keys-sha256 = [%s, %s], datasets = [customer], queries = [count, all]
                may-bypass-caches = true }
          slow { keys-sha256 = [%s], datasets = [customer], requests-per-second = 1
                 requests-burst = 3 }
          app { user = WEB_APP, datasets = [customer], views = [web] }
          reader { keys-sha256 = [%s], queries = [count, all], store-ids-per-second = 1 }
          poor { keys-sha256 = [%s], datasets = [customer], queries = [count, all]
                 store-ids-per-second = 1, may-bypass-caches = true }
        }
        """
            .formatted(
                Stream.of(MAIL, OLD_WEB, WEB, SLOW, READER, POOR)
                    .map(key -> new NewKey(key).hash().hex())
                    .toArray());
    Path file = Files.writeString(directory.resolve("papi.conf"), text);
    service =
        TestService.start(
            Map.of(
                "PAPI_CONFIG",
                file.toString(),
                "PAPI_ACCESS_LOG_SAMPLE",
                "1",
                "PAPI_MAX_IDS",
                "5",
                "PAPI_INGRESS_PORT",
                "0"));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  static List<List<String>> signedIn() {
    return List.of(
        List.of("Authorization", "Bearer " + WEB),
        List.of("authorization", "bearer  " + WEB),
        List.of("Authorization", "Bearer " + OLD_WEB),
        List.of("Authorization", basic(WEB + ":")),
        List.of("Authorization", basic(":" + WEB)),
        List.of("Authorization", basic("web:" + WEB)),
        List.of("Authorization", basic(WEB + ":web")),
        List.of("Authorization", basic("web:" + WEB).replace("Basic", "BASIC")),
        List.of("X-API-Key", WEB),
        List.of("X-API-Key", WEB, "Authorization", "Bearer " + WEB));
  }

  @ParameterizedTest
  @MethodSource("signedIn")
  void get_keyInAnyOfItsForms_isLetIn(List<String> headers) {
    HttpResponse<String> answer = client.get("/customer/1", headers.toArray(String[]::new));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"C_CUSTOMER_SK\":1,");
  }

  static List<List<String>> signedOut() {
    return List.of(
        List.of(),
        List.of("Authorization", "Bearer"),
        List.of("Authorization", "Bearer "),
        List.of("Authorization", "Basic"),
        List.of("Authorization", "Basic ???"),
        List.of("Authorization", "Basic " + base64(WEB)),
        List.of("Authorization", basic(":")),
        List.of("Authorization", basic("mail:" + WEB)),
        List.of("Authorization", basic(WEB + ":" + WEB)),
        List.of("Authorization", basic("web:" + WEB + "\u00e9")),
        List.of("Authorization", basic("web:\uD83D\uDD11")),
        List.of("Authorization", "Digest " + WEB),
        List.of("Authorization", WEB),
        List.of("Authorization", "Snowflake Token=\"" + WEB + "\""),
        List.of("Authorization", "Bearer " + WEB + ", Bearer " + WEB),
        List.of("Authorization", "Bearer " + WEB + "x"),
        List.of("Authorization", "Bearer " + WEB.toLowerCase(java.util.Locale.ROOT) + "."),
        List.of("Authorization", "Bearer " + WEB, "Authorization", "Bearer " + WEB),
        List.of("Authorization", "Bearer " + WEB, "X-API-Key", OLD_WEB),
        List.of("Authorization", "Bearer " + WEB, "X-API-Key", MAIL),
        List.of("X-API-Key", ""),
        List.of("X-API-Key", WEB, "X-API-Key", WEB),
        List.of("X-API-Key", "x".repeat(513)),
        List.of("Authorization", "Bearer " + "x".repeat(506)),
        List.of("X-API-Key", new NewKey(WEB).hash().hex()),
        List.of("Sf-Context-Current-User", "WEB_APP"));
  }

  @ParameterizedTest
  @MethodSource("signedOut")
  void get_withoutAKeyThatIsKnown_isUnauthorized(List<String> headers) {
    int statements = client.statements();
    HttpResponse<String> answer = client.get("/customer/1999", headers.toArray(String[]::new));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"papi\"", "Basic realm=\"papi\", charset=\"UTF-8\"");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).doesNotContain(WEB).contains("\"status\":401");
    assertThat(client.statements()).isEqualTo(statements);
  }

  @Test
  void get_bytesThatAreNoText_isUnauthorized() {
    try (RawConnection connection = client.connect()) {
      connection.send(
          """
          GET /customer/1 HTTP/1.1\r
          Host: papi\r
          Connection: close\r
          X-API-Key: \u00ff\u00fe\u0080\r
          \r
          """);
      assertThat(connection.readUntilClosed()).startsWith("HTTP/1.1 40");
    }
  }

  /** As a proxy sends them: who came last is no answer to who comes next. */
  @Test
  void get_manyKeysThroughOneConnection_eachIsItsOwn() {
    String wrong = NewKey.random().text();
    List<String> headers =
        List.of(
            "Authorization: Bearer " + WEB,
            "Authorization: Bearer " + WEB,
            "Authorization: Bearer " + MAIL,
            "X-API-Key: " + WEB,
            "X-API-Key: " + WEB + "\r\nAuthorization: Bearer " + wrong,
            "Authorization: Bearer " + wrong,
            "X-Other: none",
            "Authorization: Bearer " + WEB + "\r\nAuthorization: Bearer " + WEB,
            "X-API-Key: Bearer " + WEB,
            "Authorization: Bearer " + WEB);
    List<Integer> statuses = List.of(200, 200, 403, 200, 401, 401, 401, 401, 401, 200);
    try (RawConnection connection = client.connect()) {
      for (int i = 0; i < headers.size(); i++) {
        connection.send("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + headers.get(i) + "\r\n\r\n");
        assertThat(connection.readAnswer())
            .as(headers.get(i))
            .startsWith("HTTP/1.1 " + statuses.get(i) + " ");
      }
    }
  }

  @Test
  void get_tenThousandRandomKeys_areUnauthorizedAndNotLogged() {
    try (CapturedLog log = CapturedLog.open()) {
      for (int i = 0; i < 10_000; i++) {
        String key = NewKey.random().text();
        assertThat(client.get("/customer/1", "X-API-Key", key).statusCode()).isEqualTo(401);
      }
      assertThat(log.lines("papi_")).isEmpty();
      Await.until("they are logged", () -> log.lines("caller none").size() >= 10_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/test", "/test/queries.json"})
  void get_page_asksForAnyKey(String path) {
    assertThat(client.get(path).statusCode()).isEqualTo(401);
    assertThat(client.get(path, "X-API-Key", MAIL).statusCode()).isEqualTo(200);
  }

  @Test
  void get_root_asksForNoKey() {
    assertThat(client.get("/").body()).isEqualTo("{\"result\":\"Nothing to see here\"}");
    assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/count",
        "/all",
        "/customer/1",
        "/customer/1?shape=map",
        "/customer/1?view=web",
        "/customer/1?view=none",
        "/customer/1?fields=C_LAST_NAME",
        "/customer/1?fields=C_FIRST_NAME,C_LAST_NAME",
        "/customer/1?fields=NO_COLUMN",
      })
  void get_whatIsNotTheCallers_isForbidden(String path) {
    int statements = client.statements();
    HttpResponse<String> answer = client.get(path, "X-API-Key", MAIL);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("caller mail may not ask for ");
    assertThat(client.statements()).isEqualTo(statements);
  }

  @Test
  void get_ownView_isAnswered() {
    assertThat(client.get("/customer/1?view=mail", "X-API-Key", MAIL).body())
        .startsWith("[{\"C_FIRST_NAME\":");
    assertThat(client.get("/customer/1?fields=C_FIRST_NAME", "X-API-Key", MAIL).statusCode())
        .isEqualTo(200);
  }

  @Test
  void get_tooManyRequests_areTurnedAwayUntilThereIsRoom() {
    int ok = 0;
    HttpResponse<String> answer = client.get("/customer/1", "X-API-Key", SLOW);
    while (answer.statusCode() == 200 && ok < 50) {
      ok++;
      answer = client.get("/customer/1", "X-API-Key", SLOW);
    }
    assertThat(ok).isBetween(3, 20);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).contains("caller slow may make 1 requests a second, and 3 at once");
    assertThat(client.metric("papi_refused_total", "caller=\"slow\"", "reason=\"requests\""))
        .isPositive();
    assertThat(client.get("/customer/1", "X-API-Key", WEB).statusCode()).isEqualTo(200);
  }

  /** A budget of five ids, as many as the largest request has, and one more each second. */
  @Test
  void get_idsBeyondTheBudget_areTurnedAwayWhileHitsAreFree() {
    assertThat(client.get("/customer/11,12,13,14,15", "X-API-Key", POOR).statusCode())
        .isEqualTo(200);
    HttpResponse<String> answer = client.get("/customer/16,17,18,19,20", "X-API-Key", POOR);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 5);
    assertThat(answer.body())
        .contains("caller poor may have 1 ids a second read from the store")
        .contains("\"unavailable\":[\"16\",\"17\",\"18\",\"19\",\"20\"]");
    assertThat(client.get("/customer/11,12,13,14,15", "X-API-Key", POOR).statusCode())
        .isEqualTo(200);
    assertThat(
            client
                .get("/customer/11,12,13,14", "X-API-Key", POOR, "Cache-Control", "no-cache")
                .statusCode())
        .isEqualTo(429);
    assertThat(client.get("/customer/16", "X-API-Key", WEB).statusCode()).isEqualTo(200);
    assertThat(client.get("/customer/16", "X-API-Key", POOR).statusCode()).isEqualTo(200);
    assertThat(client.metric("papi_refused_total", "caller=\"poor\"", "reason=\"store-ids\""))
        .isEqualTo(2);
  }

  /** Elsewhere the same header is one of those that sign nobody in. */
  @Test
  void get_userAtTheIngress_isLetIn() {
    try (TestClient ingress = service.clientOfIngress()) {
      String user = "Sf-Context-Current-User";
      assertThat(ingress.get("/customer/1?view=web", user, "WEB_APP").statusCode()).isEqualTo(200);
      assertThat(ingress.get("/customer/1?view=mail", user, "WEB_APP").statusCode()).isEqualTo(403);
      assertThat(ingress.get("/customer/1?view=web", user, "web_app").statusCode()).isEqualTo(401);
      assertThat(ingress.get("/customer/1?view=web", user, "WEB_APP", user, "WEB_APP").statusCode())
          .isEqualTo(401);
      assertThat(ingress.get("/customer/1").statusCode()).isEqualTo(401);
      String key = "X-API-Key";
      assertThat(ingress.get("/customer/1", user, "WEB_APP", key, WEB).statusCode()).isEqualTo(200);
      assertThat(ingress.get("/customer/1?view=web", user, "WEB_APP", key, "papi_x").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void get_reportsAndStreamsBeyondTheBudget_areTurnedAway() {
    for (int i = 0; i < 4; i++) {
      assertThat(client.get("/all?limit=1", "X-API-Key", READER).statusCode()).isEqualTo(200);
    }
    assertThat(client.get("/count", "X-API-Key", READER).statusCode()).isEqualTo(200);
    HttpResponse<String> stream = client.get("/all?limit=1", "X-API-Key", READER);
    for (int i = 0; i < 20 && stream.statusCode() == 200; i++) {
      stream = client.get("/all?limit=1", "X-API-Key", READER);
    }
    assertThat(stream.statusCode()).isEqualTo(429);
    assertThat(stream.headers().firstValue("Retry-After")).contains("1");
    assertThat(stream.body()).contains("caller reader may have 1 ids a second read from the store");
    assertThat(client.get("/count", "X-API-Key", READER).statusCode()).isEqualTo(200);
  }

  @Test
  void get_noCache_readsAgainForWhoMayBypassOnly() {
    client.get("/customer/31", "X-API-Key", WEB);
    int before = client.statements();
    client.get("/customer/31", "X-API-Key", MAIL, "Cache-Control", "no-cache");
    client.get("/customer/31?view=mail", "X-API-Key", MAIL, "Cache-Control", "max-age=0");
    assertThat(client.statements()).isEqualTo(before);
    client.get("/customer/31", "X-API-Key", WEB, "Cache-Control", "no-cache");
    assertThat(client.statements()).isEqualTo(before + 1);
  }

  @Test
  void metrics_haveCallers() {
    client.get("/customer/41", "X-API-Key", WEB);
    client.get("/customer/41", "X-API-Key", MAIL);
    client.get("/customer/41");
    awaitCounted("caller=\"web\"", "status=\"200\"");
    awaitCounted("caller=\"mail\"", "status=\"403\"");
    awaitCounted("caller=\"none\"", "status=\"401\"");
    assertThat(client.metric("papi_row_age_seconds_count", "caller=\"web\"")).isPositive();
    assertThat(client.metric("papi_refused_total", "caller=\"mail\"", "reason=\"right\""))
        .isPositive();
    assertThat(client.metric("papi_refused_total", "caller=\"none\"", "reason=\"no-key\""))
        .isPositive();
    assertThat(client.admin("/metrics").body()).doesNotContain("papi_" + WEB.substring(5));
  }

  /** A request is counted just after its answer was sent. */
  private void awaitCounted(String... labels) {
    Await.until(
        "it is counted", () -> client.metric("http_server_requests_seconds_count", labels) > 0);
  }

  @Test
  void accessLog_hasTheCaller() {
    try (CapturedLog log = CapturedLog.open()) {
      client.get("/customer/1", "X-API-Key", WEB);
      Await.until("the request is logged", () -> !log.lines(", caller web").isEmpty());
      assertThat(log.lines(WEB)).isEmpty();
    }
  }

  private static String basic(String pair) {
    return "Basic " + base64(pair);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
