package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.CapturedLog;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rows by another key through Snowflake's driver: what it is sent, and rows that change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlternateKeyInSnowflakeIT extends AlternateKeyContract {
  private static final String BY_ADDRESS = "SELECT id, email FROM people WHERE email";
  private static final String BY_ID = "SELECT \"ID\", \"EMAIL\", \"CARD\", id FROM people WHERE id";

  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;
  private TestClient client;
  private Path configuration;

  @BeforeAll
  void start(@TempDir Path folder) throws SQLException {
    database = Customers.load(1);
    execute(
        """
        CREATE TABLE people (id NUMBER(38,0) PRIMARY KEY, email VARCHAR(40), card NUMBER(38,0))
        AS SELECT * FROM CSVREAD('%s', NULL, 'charset=UTF-8')
        """
            .formatted(people(folder)));
    snowflake = SnowflakeStandIn.start(database.dataSource());
    configuration = configuration(folder, "");
    service = startService(configuration);
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
    snowflake.close();
    database.close();
  }

  @Override
  protected TestClient client() {
    return client;
  }

  @Test
  void get_byAddress_isTwoStatements_andTheFoldedAddressIsBound() throws SQLException {
    execute("INSERT INTO people VALUES (10, 'ann@example.com', 80)");
    int before = snowflake.statements().size();
    assertThat(client.get("/people/email/ANN@Example.com").body()).contains("\"ID\":10,");
    assertThat(sent(before)).containsExactly(BY_ADDRESS + " = ?", BY_ID + " = ?");
    assertThat(bound(before)).containsExactly("TEXT ann@example.com", "FIXED 10");
  }

  @Test
  void post_ofAddresses_isTwoStatements_andAllAreBound() throws SQLException {
    execute("INSERT INTO people VALUES (11, 'bea@example.com', 81), (12, 'b''ob@example.com', 82)");
    int before = snowflake.statements().size();
    HttpResponse<String> answer =
        client.postJson("/people/email", "{\"ids\":[\"B'OB@example.com\",\"bea@example.com\"]}");
    assertThat(answer.body()).matches("\\[\\{\"ID\":12,.*\\{\"ID\":11,.*");
    assertThat(sent(before)).containsExactly(BY_ADDRESS + " IN (?, ?)", BY_ID + " IN (?, ?)");
    assertThat(bound(before))
        .containsExactlyInAnyOrder(
            "TEXT b'ob@example.com", "TEXT bea@example.com", "FIXED 12", "FIXED 11");
  }

  @Test
  void get_addressOfAnotherCustomerByNow_givesThatOne() throws SQLException {
    execute("INSERT INTO people VALUES (20, 'carl@example.com', 84), (21, NULL, 85)");
    assertThat(client.get("/people/email/carl@example.com").body()).contains("\"ID\":20,");
    execute("UPDATE people SET email = NULL WHERE id = 20");
    execute("UPDATE people SET email = 'carl@example.com' WHERE id = 21");
    readAnew(client, 20);
    assertThat(client.get("/people/email/carl@example.com").body()).contains("\"ID\":21,");
  }

  @Test
  void get_addressThatNobodyHasAnyMore_isUnknown() throws SQLException {
    execute("INSERT INTO people VALUES (22, 'dora@example.com', 86), (23, 'emil@example.com', 87)");
    HttpResponse<String> before = client.get("/people/email/dora@example.com,emil@example.com");
    assertThat(before.body()).contains("\"ID\":22,", "\"ID\":23,");
    execute("UPDATE people SET email = 'dora@example.org' WHERE id = 22");
    execute("DELETE FROM people WHERE id = 23");
    readAnew(client, 22);
    readAnew(client, 23);
    assertThat(client.get("/people/email/dora@example.com,emil@example.com").body())
        .isEqualTo("[]");
  }

  @Test
  void get_rowHasAnotherAddress_andTheStoreFails_isUnavailable_neverMissing() throws SQLException {
    execute("INSERT INTO people VALUES (24, 'fay@example.com', 88)");
    try (TestService other = startService(configuration);
        CapturedLog log = CapturedLog.open()) {
      TestClient caller = other.client();
      assertThat(caller.get("/people/email/fay@example.com").body()).contains("\"ID\":24,");
      execute("UPDATE people SET email = 'fay@example.org' WHERE id = 24");
      readAnew(caller, 24);
      snowflake.always(Fault.NOT_AN_ANSWER, "WHERE email");
      HttpResponse<String> answer = caller.get("/people/email/fay@example.com");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(caller.get("/people/24").body()).contains("fay@example.org");
      assertThat(log.lines("dataset people/email: the store failed")).isNotEmpty();
      assertThat(log.lines("fay@")).isEmpty();
    } finally {
      snowflake.behave();
    }
  }

  /** As before the first load that fills the column. */
  @Test
  void start_tableWithoutTheColumn_isRefused_namingIt(@TempDir Path folder) {
    Path other = configuration(folder, "datasets.people.keys.email.column = email_lower");
    assertThatThrownBy(() -> startService(other))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage("dataset people/email: table people has no column EMAIL_LOWER");
  }

  /** The row is asked for by its own key, past the caches. */
  private static void readAnew(TestClient client, int id) {
    assertThat(client.get("/people/" + id, "Cache-Control", "max-age=0").statusCode())
        .isEqualTo(200);
  }

  private List<String> sent(int before) {
    return snowflake.statements().stream().skip(before).toList();
  }

  /** Type and value of what was bound, in order. */
  private List<String> bound(int before) {
    return snowflake.bindings().stream()
        .skip(before)
        .flatMap(JsonNode::valueStream)
        .map(each -> each.path("type").asString() + " " + each.path("value").asString())
        .toList();
  }

  private TestService startService(Path configuration) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_CONFIG", configuration.toString());
    environment.put("PAPI_DEADLINE", "10s");
    // so that no absence is read ahead of its end while a test counts statements
    environment.put("PAPI_NEGATIVE_FOR", "3m");
    return TestService.start(environment);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
