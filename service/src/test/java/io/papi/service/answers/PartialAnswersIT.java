package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the shapes say while the store cannot answer for some ids, or for any. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartialAnswersIT {
  private static final String COLUMNS = "columns = [C_CUSTOMER_SK, C_FIRST_NAME]\n";
  private static final String DEFAULT = "default-row { C_FIRST_NAME = friend }\n";
  private static final String ERNEST = "{\"C_CUSTOMER_SK\":1885,\"C_FIRST_NAME\":\"Ernest\"}";

  @TempDir private Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;

  @BeforeAll
  void makeDatabase() {
    database = Customers.load(2_000);
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
  void map_storeDown_saysApartWhatCouldNotBeAnswered() {
    TestClient client = start(DEFAULT);
    client.get("/customer/1885,-7");
    snowflake.always(Fault.NOT_AN_ANSWER);
    HttpResponse<String> answer = client.get("/customer/9,1885,-7,8?shape=map");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"found\":{\"1885\":"
                + ERNEST
                + "},\"missing\":[\"-7\"],\"unavailable\":[\"9\",\"8\"]}");
    assertNotKept(answer);
    assertThat(header(answer, "Cache-Status")).isEqualTo("near; hit");
    assertThat(header(answer, "Age")).isNotEmpty();
    assertThat(client.get("/customer/9,1885?shape=map", "If-None-Match", "*").statusCode())
        .isEqualTo(200);
    assertThat(client.get("/customer/9,1885?shape=map", "If-Match", "\"0\"").statusCode())
        .isEqualTo(412);
    assertThat(client.send("HEAD", "/customer/9,1885,-7,8?shape=map").headers().map())
        .containsEntry("content-length", List.of("" + answer.body().length()))
        .doesNotContainKey("etag");
    assertThat(client.get("/customer/9,-7?shape=map&missing=not-found").body())
        .isEqualTo("{\"found\":{},\"missing\":[\"-7\"],\"unavailable\":[\"9\"]}");
  }

  @Test
  void map_noneAnswered_isTheErrorOfAnArray() {
    TestClient client = start("");
    snowflake.always(Fault.NOT_AN_ANSWER);
    HttpResponse<String> answer = client.get("/customer/9,8?shape=map");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"unavailable\":[\"9\",\"8\"]");
    assertThat(header(answer, "Retry-After")).isNotEmpty();
  }

  @Test
  void map_deadline_isPartial_orA504() {
    TestClient client = start("", "PAPI_DEADLINE", "200ms");
    client.get("/customer/1885");
    snowflake.always(Fault.HANG);
    assertThat(client.get("/customer/1885,9?shape=map").body())
        .endsWith("\"missing\":[],\"unavailable\":[\"9\"]}");
    assertThat(client.get("/customer/8?shape=map").statusCode()).isEqualTo(504);
  }

  @Test
  void map_rowThatCannotBeShown_isUnavailable() {
    snowflake.spoil("C_CUSTOMER_SK", Set.of("7"), "C_BIRTH_YEAR");
    TestClient client =
        start("", "PAPI_DATASETS_CUSTOMER_COLUMNS", "C_CUSTOMER_SK,C_FIRST_NAME,C_BIRTH_YEAR");
    HttpResponse<String> answer = client.get("/customer/7,1885?shape=map&fields=C_FIRST_NAME");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"found\":{\"1885\":{\"C_FIRST_NAME\":\"Ernest\"}},\"missing\":[],"
                + "\"unavailable\":[\"7\"]}");
    assertNotKept(answer);
    assertThat(client.get("/customer/7?shape=map").statusCode()).isEqualTo(502);
    assertThat(client.get("/customer/7,1885").statusCode()).isEqualTo(502);
    assertThat(client.get("/customer/7?shape=object").statusCode()).isEqualTo(502);
  }

  @Test
  void default_storeDown_standsInForNoRowThatThereMayBe() {
    TestClient client = start(DEFAULT);
    client.get("/customer/-7");
    snowflake.always(Fault.NOT_AN_ANSWER);
    assertThat(client.get("/customer/9?missing=default").statusCode()).isEqualTo(503);
    assertThat(client.get("/customer/9?missing=default&shape=object").statusCode()).isEqualTo(503);
    HttpResponse<String> map = client.get("/customer/9,-7?missing=default&shape=map");
    assertThat(map.body())
        .isEqualTo(
            "{\"found\":{\"-7\":{\"C_CUSTOMER_SK\":-7,\"C_FIRST_NAME\":\"friend\"}},"
                + "\"missing\":[],\"unavailable\":[\"9\"]}");
    assertThat(header(map, "X-Papi-Defaulted")).isEqualTo("-7");
  }

  @Test
  void defaultForUnavailable_storeDown_isMarkedApart_andNotKept() {
    TestClient client = start(DEFAULT);
    client.get("/customer/1885,-7");
    snowflake.always(Fault.NOT_AN_ANSWER);
    String query = "?missing=default&unavailable=default";
    HttpResponse<String> object = client.get("/customer/9" + query + "&shape=object");
    assertThat(object.statusCode()).isEqualTo(200);
    assertThat(object.body()).isEqualTo("{\"C_CUSTOMER_SK\":9,\"C_FIRST_NAME\":\"friend\"}");
    assertThat(header(object, "X-Papi-Defaulted-Unavailable")).isEqualTo("9");
    assertThat(object.headers().map())
        .doesNotContainKeys("x-papi-defaulted", "cache-status", "server-timing");
    assertNotKept(object);
    HttpResponse<String> array = client.get("/customer/9,1885,-7,8" + query);
    assertThat(array.body())
        .isEqualTo(
            "[{\"C_CUSTOMER_SK\":9,\"C_FIRST_NAME\":\"friend\"},"
                + ERNEST
                + ",{\"C_CUSTOMER_SK\":-7,\"C_FIRST_NAME\":\"friend\"},"
                + "{\"C_CUSTOMER_SK\":8,\"C_FIRST_NAME\":\"friend\"}]");
    assertThat(header(array, "X-Papi-Defaulted")).isEqualTo("-7");
    assertThat(header(array, "X-Papi-Defaulted-Unavailable")).isEqualTo("9,8");
    assertNotKept(array);
    assertThat(client.metric("papi_defaulted_total", "reason=\"unavailable\"")).isEqualTo(3);
    assertThat(client.metric("papi_defaulted_total", "reason=\"missing\"")).isEqualTo(1);
    snowflake.behave();
    Await.until(
        "it recovers",
        () -> client.get("/customer/9" + query).headers().firstValue("ETag").isPresent());
  }

  @Test
  void default_storeNeverReached_isUnavailable_untilItIs() {
    int port = snowflake.port();
    snowflake.close();
    TestClient client = start(DEFAULT, "PAPI_START_WAIT", "100ms", "PAPI_DEADLINE", "5s");
    String path = "/customer/-7?missing=default&unavailable=default";
    assertThat(client.get(path).statusCode()).isEqualTo(503);
    snowflake = SnowflakeStandIn.start(database.dataSource(), port);
    Await.until("it recovers", () -> header(client.get(path), "X-Papi-Defaulted").equals("-7"));
  }

  @Test
  void start_wrongDefaultRow_isRefused_namingTheKey() {
    assertThatThrownBy(() -> start("default-row { C_FIRST_NAME = " + "x".repeat(21) + " }"))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("datasets.customer.default-row.C_FIRST_NAME is xxx")
        .hasMessageContaining("not text of 20 characters at most");
  }

  private static void assertNotKept(HttpResponse<String> answer) {
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(answer.headers().map()).doesNotContainKey("etag");
  }

  private TestClient start(String dataset, String... more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_DEADLINE", "10s");
    try {
      Path file = directory.resolve("partial.conf");
      Files.writeString(file, "datasets.customer {\n" + COLUMNS + dataset + "}\n");
      environment.put("PAPI_CONFIG", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    TestService service = TestService.start(environment);
    opened.add(service);
    return service.client();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
