package io.papi.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.CapturedLog;
import io.papi.testing.Customers;
import io.papi.testing.RedisRows;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a service sends to Snowflake through its driver, and what callers see if Snowflake
 * misbehaves.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnowflakeInServiceIT {
  private static final String QUERY = "/queries/v1/query-request";
  private static final String HEARTBEAT = "/session/heartbeat";
  private static final String RENEWAL = "/session/token-request";
  private static final String TELEMETRY = "/telemetry/send";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;

  @BeforeAll
  void makeDatabase() {
    database = Customers.load(500);
  }

  @AfterAll
  void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void startSnowflake() {
    snowflake = SnowflakeStandIn.start(database.dataSource());
  }

  @AfterEach
  void stop() throws Exception {
    snowflake.release();
    for (AutoCloseable part : opened.reversed()) {
      part.close();
    }
    opened.clear();
    snowflake.close();
  }

  @Test
  void start_opensAllConnections() {
    TestClient client = start("PAPI_STORE_CONNECTIONS", "5");
    assertThat(snowflake.signIns()).hasSize(5);
    assertThat(client.metric("papi_sign_in_seconds_count", "outcome=\"ok\"")).isEqualTo(5);
  }

  @Test
  void get_hundredIds_isOneStatementWithBoundIds() {
    TestClient client = start();
    int before = snowflake.statements().size();
    HttpResponse<String> answer =
        client.get(
            "/customer/"
                + IntStream.rangeClosed(1, 100)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(",")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(snowflake.statements()).hasSize(before + 1);
    assertThat(snowflake.statements().stream().skip(before))
        .first()
        .asString()
        .contains(" WHERE C_CUSTOMER_SK IN (?")
        .doesNotContain("100");
    assertThat(snowflake.bindings().stream().skip(before).findFirst().orElseThrow())
        .hasSize(128)
        .allSatisfy(binding -> assertThat(binding.path("type").asString()).isEqualTo("FIXED"));
  }

  @Test
  void get_manyIds_isNothingButStatements() {
    TestClient client = start();
    int statements = snowflake.calls(QUERY);
    int heartbeats = snowflake.calls(HEARTBEAT);
    for (int id = 1; id <= 50; id++) {
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
    }
    assertThat(snowflake.calls(QUERY)).isEqualTo(statements + 50);
    assertThat(snowflake.calls(HEARTBEAT)).isEqualTo(heartbeats);
    assertThat(snowflake.calls(TELEMETRY)).isZero();
  }

  @Test
  void get_whileStatementsHang_isATimeout_andTheLaneComesBack() {
    TestClient client = start("PAPI_STORE_CONNECTIONS", "1", "PAPI_DEADLINE", "500ms");
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    int before = snowflake.statements().size();
    snowflake.always(Fault.HANG);
    long start = System.nanoTime();

    HttpResponse<String> cold = client.get("/customer/2");
    assertThat(cold.statusCode()).isEqualTo(504);
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);

    Await.until("the second try", () -> snowflake.statements().size() == before + 2);
    snowflake.behave();
    Await.until("the lane is back", () -> client.get("/customer/3").statusCode() == 200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void get_staleRow_isServedWhileStatementsHang() {
    TestClient client = start("PAPI_FRESH_FOR", "1s");
    client.get("/customer/1");
    snowflake.always(Fault.HANG);
    Await.until(
        "a stale row",
        () -> {
          HttpResponse<String> answer = client.get("/customer/1");
          assertThat(answer.statusCode()).isEqualTo(200);
          return header(answer, "Cache-Status").contains("ttl=-");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "THROTTLED"})
  void get_whileRefused_opensTheBreaker_andCloses(Fault fault) {
    TestClient client = start("PAPI_DEADLINE", "10s", "PAPI_STORE_BREAKER_WAIT", "500ms");
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    snowflake.always(fault);

    HttpResponse<String> refused = client.get("/customer/2");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(header(refused, "Retry-After")).isNotEmpty();
    for (int id = 3; breaker(client) != 1; id++) {
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(503);
    }
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);

    snowflake.behave();
    Await.until("it recovers", () -> client.get("/customer/2").statusCode() == 200);
  }

  @Test
  void get_withAnExpiredSession_isRenewedWithinTheRequest() {
    TestClient client = start("PAPI_DEADLINE", "10s");
    for (int id = 1; id <= 20; id++) {
      snowflake.next(Fault.SESSION_EXPIRED);
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
    }
    assertThat(snowflake.calls(RENEWAL)).isEqualTo(20);
    assertThat(snowflake.signIns()).hasSize(8);
  }

  @Test
  void get_withALostSession_isAskedByAnother_andSignsInAgain() {
    TestClient client = start("PAPI_DEADLINE", "10s", "PAPI_STORE_CONNECTIONS", "4");
    for (int id = 1; id <= 5; id++) {
      int signIns = snowflake.signIns().size();
      snowflake.next(Fault.SESSION_GONE);
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
      Await.until("another session", () -> snowflake.signIns().size() == signIns + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "GARBAGE", "NOT_AN_ANSWER"})
  void get_withABrokenAnswer_isUnavailable_andNothingIsKept(Fault fault) {
    TestClient client = start("PAPI_DEADLINE", "10s");
    snowflake.always(fault);
    HttpResponse<String> broken = client.get("/customer/1");
    assertThat(broken.statusCode()).isEqualTo(503);
    assertThat(broken.body()).doesNotContain("SELECT", "snowflake", "html");
    snowflake.behave();
    assertThat(client.get("/customer/1").body()).startsWith("[{\"C_CUSTOMER_SK\":1,");
  }

  @Test
  void get_withOneCutAnswer_isRepeatedWithinTheRequest() {
    TestClient client = start("PAPI_DEADLINE", "10s");
    snowflake.next(Fault.CUT);
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
  }

  @Test
  void get_withAnotherType_isABadGateway_andNothingIsKept() {
    TestClient client = start();
    snowflake.present("C_BIRTH_YEAR", "text");
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(502);
    snowflake.present("C_BIRTH_YEAR", "fixed");
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
  }

  @Test
  void start_withAnotherKeyType_isRefused_namingDatasetAndColumn() {
    snowflake.present("C_CUSTOMER_SK", "text");
    assertThatThrownBy(this::start)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("customer", "C_CUSTOMER_SK");
  }

  @Test
  void start_withRefusedSignIn_isOpenButNotReady_andRecovers() {
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    TestClient client = start("PAPI_START_WAIT", "100ms", "PAPI_DEADLINE", "10s");
    assertThat(client.admin("/health/ready").statusCode()).isEqualTo(503);
    assertThat(client.admin("/health/ready").body()).contains("\"status\":\"refused\"");
    assertThat(client.admin("/health/live").statusCode()).isEqualTo(200);
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
    snowflake.acceptOnly(signIn -> true);
    Await.until("it recovers", () -> client.get("/customer/1").statusCode() == 200);
    assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void start_withRefusedSignIn_asksThreeTimesAtMost_andSaysItOnce() {
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    try (CapturedLog log = CapturedLog.open()) {
      TestClient client = start("PAPI_START_WAIT", "6s");
      assertThat(snowflake.signIns()).hasSizeLessThanOrEqualTo(3);
      assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
      assertThat(log.lines("refused")).singleElement().asString().contains("390100");
      assertThat(log.lines("SQL state")).isEmpty();
      assertThat(client.metric("papi_sign_in_refused", "")).isEqualTo(1);
    }
  }

  @Test
  void get_signInRefusedLater_isStillReady() {
    TestClient client = start("PAPI_STORE_CONNECTIONS", "2");
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    snowflake.always(Fault.SESSION_GONE);
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
    assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);
    assertThat(client.admin("/health/ready").body()).contains("degraded");
  }

  @Test
  void start_aDatasetHasNoTable_isRefused_sayingHowToLeaveItOut() {
    assertThatThrownBy(() -> start("PAPI_DATASETS_PRODUCT_ENABLED", "true"))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageStartingWith(
            "dataset product: table API.DATA.HYBRID_PRODUCT cannot be read: it does not exist, or"
                + " this user has no right to it")
        .hasMessageEndingWith("datasets.product.enabled = false leaves the dataset out");
  }

  @Test
  void start_unreachable_isOpenWithTheRowsOfRedis_andRecovers() {
    assertIsOpenWithTheRowsOfRedis();
  }

  /** They are not known then. */
  @Test
  void start_unreachable_columnsLeftOut_isOpenWithTheRowsOfRedis_andRecovers() {
    assertIsOpenWithTheRowsOfRedis("PAPI_DATASETS_CUSTOMER_COLUMNS", "");
  }

  private void assertIsOpenWithTheRowsOfRedis(String... more) {
    EmbeddedRedis redis = EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
    opened.add(redis);
    int port = snowflake.port();
    String[] all = Arrays.copyOf(more, more.length + 4);
    all[more.length] = "PAPI_REDIS";
    all[more.length + 1] = redis.uri().toString();
    all[more.length + 2] = "PAPI_START_WAIT";
    all[more.length + 3] = "100ms";
    try (TestService earlier = startService(all)) {
      earlier.client().awaitRedis();
      assertThat(earlier.client().get("/customer/1").statusCode()).isEqualTo(200);
      RedisRows.awaitCustomer(redis.uri(), 1);
    }
    snowflake.close();

    TestClient client = start(all);
    assertThat(client.admin("/health/ready").body()).contains("degraded");
    client.awaitRedis();
    HttpResponse<String> kept = client.get("/customer/1");
    assertThat(kept.statusCode()).isEqualTo(200);
    assertThat(header(kept, "Cache-Status")).startsWith("redis; hit");
    assertThat(client.get("/customer/2").statusCode()).isEqualTo(503);

    snowflake = SnowflakeStandIn.start(database.dataSource(), port);
    Await.until("it recovers", () -> client.get("/customer/2").statusCode() == 200);
  }

  private TestClient start(String... more) {
    TestService service = startService(more);
    opened.add(service);
    return service.client();
  }

  private TestService startService(String... more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return TestService.start(environment);
  }

  private static double breaker(TestClient client) {
    return client.metric("papi_breaker_state", "name=\"store\"");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
