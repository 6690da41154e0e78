package io.papi.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that cannot be shown, or a dataset that fails, which harms no other. */
@Timeout(120)
class BadRowsIT {
  private static final String BAD = "7";
  private static final String FILE =
      """
      datasets.event {
        table = API.DATA.EVENT
        key = ID
        key-type = whole
        key-length = 38
        columns = [ID, SINCE]
      }
      datasets.named {
        table = API.DATA.NAMED
        key = NAME
        key-type = text
        key-length = 20
        columns = [ID]
      }
      """;

  @TempDir private Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;

  @BeforeEach
  void makeTables() throws SQLException {
    database = open(Customers.load(500));
    execute("CREATE TABLE API.DATA.EVENT (ID NUMBER(38,0), SINCE TIMESTAMP(3))");
    execute(
        "INSERT INTO API.DATA.EVENT SELECT X, TIMESTAMP '2026-01-31 12:00:00' FROM SYSTEM_RANGE(1,"
            + " 300)");
    execute("UPDATE API.DATA.EVENT SET SINCE = TIMESTAMP '-0044-03-15 12:00:00' WHERE ID = " + BAD);
    execute("CREATE TABLE API.DATA.NAMED (ID NUMBER(38,0), NAME VARCHAR(20))");
    execute("INSERT INTO API.DATA.NAMED SELECT X, 'name' || X FROM SYSTEM_RANGE(1, 300)");
    snowflake = open(SnowflakeStandIn.start(database.dataSource()));
  }

  @AfterEach
  void close() throws Exception {
    snowflake.behave();
    snowflake.release();
    for (AutoCloseable part : opened.reversed()) {
      part.close();
    }
  }

  @Test
  void get_rowThatCannotBeShown_failsAlone() throws Exception {
    TestClient client = start("PAPI_DEADLINE", "30s");
    Map<Integer, Integer> statuses = new HashMap<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers =
          IntStream.rangeClosed(1, 160)
              .mapToObj(id -> callers.submit(() -> client.get("/event/" + id).statusCode()))
              .toList();
      for (Future<Integer> answer : answers) {
        statuses.merge(answer.get(), 1, Integer::sum);
      }
    }
    assertThat(statuses).containsExactlyInAnyOrderEntriesOf(Map.of(200, 159, 502, 1));
  }

  @Test
  void get_valueThatTheDriverCannotRead_failsAlone_andEndsNoConnection() {
    TestClient client = start("PAPI_DEADLINE", "30s");
    int signIns = snowflake.signIns().size();
    snowflake.spoil("C_CUSTOMER_SK", Set.of("3"), "C_BIRTH_YEAR");
    assertThat(client.get("/customer/2,3,4").body()).contains("\"unavailable\":[\"3\"]");
    assertThat(client.get("/customer/2,4").statusCode()).isEqualTo(200);
    for (int id = 5; id < 15; id++) {
      snowflake.spoil("C_CUSTOMER_SK", Set.of("" + id), "C_BIRTH_YEAR");
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(502);
    }
    assertThat(snowflake.signIns()).hasSize(signIns);
    assertThat(client.metric("papi_breaker_state", "name=\"store")).isZero();
  }

  @Test
  void get_arrayWithSuchARow_is502_thatNamesIt() {
    TestClient client = start();
    HttpResponse<String> answer = client.get("/event/6,7,8", "X-Request-Id", "mine");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body())
        .contains("\"unavailable\":[\"7\"]", "cannot be shown: 7\"")
        .doesNotContain("0044", "SINCE");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(client.get("/event/6,8").statusCode()).isEqualTo(200);
  }

  @Test
  void get_suchARowTwelveTimes_isOneStatement_andNoFailureOfTheStore() {
    TestClient client = start("PAPI_NEGATIVE_FOR", "1m");
    int before = client.statements();
    for (int i = 0; i < 12; i++) {
      assertThat(client.get("/event/" + BAD).statusCode()).isEqualTo(502);
    }
    assertThat(client.statements()).isEqualTo(before + 1);
    assertThat(client.metric("papi_store_unreadable_total", "dataset=\"event\"")).isEqualTo(1);
    assertThat(client.metric("papi_breaker_state", "name=\"store")).isZero();
    assertThat(client.admin("/health/ready").body()).doesNotContain("degraded");
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
  }

  @Test
  void get_suchARow_isRememberedForTheNegativeTimeAlone() throws SQLException {
    TestClient client = start("PAPI_NEGATIVE_FOR", "500ms");
    assertThat(client.get("/event/" + BAD).statusCode()).isEqualTo(502);
    execute("UPDATE API.DATA.EVENT SET SINCE = NULL");
    Await.until("it is shown", () -> client.get("/event/" + BAD).statusCode() == 200);
  }

  @Test
  void get_suchARow_isRememberedInRedis() {
    EmbeddedRedis redis = open(EmbeddedRedis.start(16).orElseGet(() -> abort("no Redis here")));
    Map<String, String> settings =
        Map.of("PAPI_REDIS", redis.uri().toString(), "PAPI_NEGATIVE_FOR", "1m");
    TestClient client = start(settings);
    client.awaitRedis();
    client.get("/event/" + BAD);
    Await.until(
        "it is in Redis",
        () -> client.metric("papi_redis_seconds_count", "op=\"write\"", "outcome=\"ok\"") > 0);
    TestClient other = start(settings);
    other.awaitRedis();
    int before = other.statements();
    assertThat(other.get("/event/" + BAD).statusCode()).isEqualTo(502);
    assertThat(other.statements()).isEqualTo(before);
  }

  @Test
  void get_keyTwiceInTheTable_failsAlone() throws SQLException {
    execute("UPDATE API.DATA.EVENT SET ID = 9 WHERE ID = 8");
    TestClient client = start();
    assertThat(client.get("/event/9").statusCode()).isEqualTo(502);
    assertThat(client.get("/event/8,10").statusCode()).isEqualTo(200);
    assertThat(client.get("/event/" + ids(1, 6) + ",9").body()).contains("\"unavailable\":[\"9\"]");
  }

  /** As when a table is replaced, while the service runs, by one with a collation. */
  @Test
  void get_rowOfAnotherKey_is502_andNeverUnknown() throws SQLException {
    TestClient client = start();
    execute("ALTER TABLE API.DATA.NAMED ALTER COLUMN NAME SET DATA TYPE VARCHAR_IGNORECASE(20)");
    snowflake.present("NAME", "text");
    assertThat(client.get("/named/name1,name2,nobody").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = client.get("/named/name3,NAME4,nobody2");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"unavailable\":[\"NAME4\"]");
    assertThat(client.get("/named/name3,nobody2").statusCode()).isEqualTo(200);
    assertThat(client.get("/named/NAME4").statusCode()).isEqualTo(502);
  }

  @Test
  void start_withATextKeyThatIsNotComparedExactly_isRefused() throws SQLException {
    execute("ALTER TABLE API.DATA.NAMED ALTER COLUMN NAME SET DATA TYPE VARCHAR_IGNORECASE(20)");
    snowflake.present("NAME", "text");
    assertThatThrownBy(this::start)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("dataset named", "key column NAME", "does not compare exactly");
  }

  @ParameterizedTest
  @EnumSource(names = {"HANG", "GARBAGE", "NOT_AN_ANSWER", "CUT"})
  void get_oneDatasetFails_harmsNoOther(Fault fault) {
    TestClient client =
        start(
            "PAPI_DEADLINE", "10s", "PAPI_STORE_SILENCE", "200ms", "PAPI_STORE_BREAKER_WAIT", "1m");
    snowflake.always(fault, "API.DATA.EVENT");
    for (int id = 1; client.metric("papi_breaker_state", "name=\"store/event\"") != 1; id++) {
      int failing = id;
      Thread.ofVirtual().start(() -> client.get("/event/" + failing));
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
    }
    for (int id = 401; id <= 450; id++) {
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
      assertThat(client.get("/event/" + (id - 200)).statusCode()).isEqualTo(503);
    }
    assertThat(client.metric("papi_breaker_state", "name=\"store\"")).isZero();
    assertThat(client.metric("papi_breaker_state", "name=\"store/customer\"")).isZero();
  }

  @Test
  void get_serverTurnsAway_isOneBreakerForAll() {
    TestClient client = start("PAPI_DEADLINE", "10s", "PAPI_STORE_BREAKER_WAIT", "1m");
    snowflake.always(Fault.UNAVAILABLE);
    for (int id = 1; client.metric("papi_breaker_state", "name=\"store\"") != 1; id++) {
      assertThat(client.get("/event/" + id).statusCode()).isEqualTo(503);
    }
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
    assertThat(client.metric("papi_breaker_state", "name=\"store/")).isZero();
  }

  private static String ids(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private TestClient start(String... more) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return start(settings);
  }

  private TestClient start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_CONFIG", configuration());
    environment.putAll(more);
    return open(TestService.start(environment)).client();
  }

  private String configuration() {
    try {
      return Files.writeString(directory.resolve("papi.conf"), FILE).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.add(part);
    return part;
  }
}
