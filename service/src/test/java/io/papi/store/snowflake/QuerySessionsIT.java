package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Ticker;
import io.papi.secret.Secret;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.ManualTicker;
import io.papi.testing.SnowflakeStandIn;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.snowflake.client.api.driver.SnowflakeDriver;
import net.snowflake.client.internal.core.HttpUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sessions of queries beside those of lookups. */
@Timeout(120)
class QuerySessionsIT {
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Longer than a lookup's two tries, which begin at {@link #shortSilence}. */
  private static final Duration SLOW = Duration.ofSeconds(4);

  /** The driver keeps a client for each silence: every test has one that none had before. */
  private static final AtomicInteger SILENCES = new AtomicInteger(1_500);

  private final int millis = SILENCES.incrementAndGet();
  private final EmbeddedStore database = Customers.load(10);
  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();

  @AfterEach
  void stop() {
    snowflake.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void silence_isEachSourcesOwn_inEitherOrder(boolean areLookupsFirst) throws Exception {
    SnowflakeDataSource lookups = source(ticker);
    DataSource queries = lookups.forQueries(Optional.empty(), longSilence());
    try (Connection first = (areLookupsFirst ? lookups : queries).getConnection();
        Connection second = (areLookupsFirst ? queries : lookups).getConnection();
        // Sign-ins set the driver's timeouts anew, for all to come: they must not touch these.
        Connection third = (areLookupsFirst ? lookups : queries).getConnection()) {
      assertSilences(areLookupsFirst ? first : second, areLookupsFirst ? second : first);
      assertThat(third.isClosed()).isFalse();
    }
  }

  @Test
  void silence_isEachSourcesOwn_whenTheirFirstSessionsOpenAtOnce() throws Exception {
    SnowflakeDataSource lookups = source(ticker);
    DataSource queries = lookups.forQueries(Optional.empty(), longSilence());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Connection>> opened =
          threads.invokeAll(
              List.<Callable<Connection>>of(
                  lookups::getConnection,
                  queries::getConnection,
                  lookups::getConnection,
                  queries::getConnection));
      assertSilences(opened.get(0).get(), opened.get(1).get());
      for (Future<Connection> connection : opened) {
        connection.get().close();
      }
    }
  }

  /** A server that hangs at the first sign-in of a query must not hold those of lookups. */
  @Test
  void client_isBuilt_withoutAskingTheServer() throws Exception {
    SessionProperties session = SessionProperties.forLookups(settings());
    String url = "jdbc:snowflake://127.0.0.1:" + snowflake.port() + "/";
    assertThat(isBuilt(session)).isFalse();
    HttpClients.build(new SnowflakeDriver(), url, session);
    assertThat(isBuilt(session)).isTrue();
    assertThat(snowflake.signIns()).isEmpty();
    source(ticker).getConnection().close();
    assertThat(snowflake.signIns()).hasSize(1);
  }

  @Test
  void session_hasItsOwnWarehouseAndBounds() throws Exception {
    SnowflakeDataSource lookups = source(ticker);
    try (Connection lookup = lookups.getConnection();
        Connection query = lookups.forQueries(Optional.of("REPORTS_WH"), LONG).getConnection();
        Connection other = lookups.forQueries(Optional.empty(), LONG).getConnection()) {
      List<JsonNode> sent = List.copyOf(snowflake.signIns());
      assertThat(snowflake.warehouses()).containsExactly("WH", "REPORTS_WH", "WH");
      assertThat(timeout(sent.get(0))).isEqualTo(4);
      assertThat(timeout(sent.get(1))).isEqualTo(20);
      JsonNode parameters = sent.get(1).path("SESSION_PARAMETERS");
      assertThat(parameters.path("DATE_INPUT_FORMAT").asString()).isEqualTo("AUTO");
      assertThat(parameters.path("TIMESTAMP_INPUT_FORMAT").asString()).isEqualTo("AUTO");
      assertThat(sent.get(0).path("SESSION_PARAMETERS").has("DATE_INPUT_FORMAT")).isFalse();
      assertThat(query.isClosed() || lookup.isClosed() || other.isClosed()).isFalse();
    }
  }

  @Test
  void queryTimeout_goesWithTheStatement_andTheServerKeepsIt() throws Exception {
    try (Connection query =
            source(ticker).forQueries(Optional.empty(), longSilence()).getConnection();
        PreparedStatement statement = query.prepareStatement("SELECT ?")) {
      statement.setString(1, "one");
      statement.setQueryTimeout(1);
      snowflake.take(SLOW);
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(630));
      assertThat(snowflake.requests())
          .singleElement()
          .satisfies(
              request ->
                  assertThat(
                          request.path("parameters").path("STATEMENT_TIMEOUT_IN_SECONDS").asInt())
                      .isEqualTo(1));
      assertThat(snowflake.calls("/queries/v1/abort-request")).isZero();
    }
  }

  @Test
  void cancel_ofARunningStatement_reachesTheServer() throws Exception {
    try (Connection query =
            source(ticker).forQueries(Optional.empty(), longSilence()).getConnection();
        Statement statement = query.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      snowflake.always(SnowflakeStandIn.Fault.HANG);
      Future<ResultSet> running = threads.submit(() -> statement.executeQuery("SELECT 1"));
      Await.until("the statement runs", () -> !snowflake.statements().isEmpty());
      statement.cancel();
      assertThatThrownBy(running::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(SQLException.class);
      assertThat(snowflake.calls("/queries/v1/abort-request")).isEqualTo(1);
      snowflake.behave();
      try (Statement next = query.createStatement();
          ResultSet rows = next.executeQuery("SELECT 1")) {
        assertThat(rows.next()).as("the session lives on").isTrue();
      }
    }
  }

  @Test
  void laterRows_areWaitedForAsLongAsAStatement() throws Exception {
    SnowflakeDataSource lookups = source(ticker);
    DataSource queries = lookups.forQueries(Optional.empty(), longSilence());
    try (Connection query = queries.getConnection();
        Connection lookup = lookups.getConnection();
        Statement statement = query.createStatement()) {
      snowflake.split(1, SLOW);
      assertThat(count(statement)).isEqualTo(3);
      assertThat(lookup.isClosed()).isFalse();
    }
  }

  /** A cancel does not reach the driver's threads that fetch them. */
  @Test
  @Timeout(60)
  void laterRows_thatNeverCome_failTheStatement() throws Exception {
    DataSource queries = source(ticker).forQueries(Optional.empty(), shortSilence());
    try (Connection query = queries.getConnection();
        Statement statement = query.createStatement()) {
      snowflake.split(1, Duration.ofHours(1));
      assertThatThrownBy(() -> count(statement)).isInstanceOf(SQLException.class);
    }
  }

  private static int count(Statement statement) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 3)")) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void refusedSignIns_areCountedAndPacedTogether() {
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    SnowflakeDataSource lookups = source(ticker);
    List<DataSource> sources =
        List.of(
            lookups,
            lookups.forQueries(Optional.of("ONE"), LONG),
            lookups.forQueries(Optional.of("TWO"), LONG));
    for (int second = 0; second < 60; second++) {
      for (DataSource source : sources) {
        assertThatThrownBy(source::getConnection).isInstanceOf(SignInRefusedException.class);
      }
      ticker.advance(Duration.ofSeconds(1));
    }
    assertThat(snowflake.signIns()).hasSize(3);
    assertThat(meters.get("papi.sign.in").tag("outcome", "refused").timer().count()).isEqualTo(3);
    assertThat(lookups.isRefused()).isTrue();
  }

  private void assertSilences(Connection lookup, Connection query) throws SQLException {
    snowflake.take(SLOW);
    ask(query);
    assertThat(snowflake.statements()).as("tries of a query").hasSize(1);
    assertThatThrownBy(() -> ask(lookup)).isInstanceOf(SQLException.class);
    assertThat(snowflake.statements()).as("with those of a lookup").hasSize(3);
    snowflake.take(Duration.ZERO);
  }

  private static void ask(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setString(1, "one");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  /** Looks into the driver. */
  private static boolean isBuilt(SessionProperties session) {
    return HttpUtil.httpClient.keySet().stream()
        .anyMatch(key -> key.getUserAgentSuffix().equals(session.client()));
  }

  private static int timeout(JsonNode signIn) {
    return signIn.path("SESSION_PARAMETERS").path("STATEMENT_TIMEOUT_IN_SECONDS").asInt();
  }

  private Duration shortSilence() {
    return Duration.ofMillis(millis);
  }

  private Duration longSilence() {
    return LONG.plusMillis(millis);
  }

  private SnowflakeDataSource source(Ticker ticker) {
    return new SnowflakeDataSource(settings(), meters, ticker);
  }

  private SnowflakeSettings settings() {
    return new SnowflakeSettings(
        "standin",
        URI.create("http://127.0.0.1:" + snowflake.port()),
        new SnowflakeSettings.Context("API", "DATA", Optional.of("WH"), Optional.empty()),
        new SignIn.Password("papi", new Secret("open sesame")),
        shortSilence());
  }
}
