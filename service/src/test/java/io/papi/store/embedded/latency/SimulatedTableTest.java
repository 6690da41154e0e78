package io.papi.store.embedded.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Await;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SimulatedTableTest {
  private static final Duration TIME = Duration.ofMillis(30);

  private final List<Duration> slept = new ArrayList<>();
  private final JdbcDataSource database = new JdbcDataSource();

  SimulatedTableTest() {
    database.setUrl("jdbc:h2:mem:");
  }

  @Test
  void execute_takesItsTime() throws SQLException {
    DataSource source = table(1, slept::add).over(database);
    assertThat(one(source)).isEqualTo(1);
    assertThat(one(source)).isEqualTo(1);
    assertThat(slept).containsExactly(TIME, TIME);
  }

  @Test
  void metadata_takesNone() throws SQLException {
    try (Connection connection = table(1, slept::add).over(database).getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
    }
    assertThat(slept).isEmpty();
  }

  @Test
  void execute_failure_isTheDatabasesOwn() throws SQLException {
    try (Connection connection = table(1, slept::add).over(database).getConnection()) {
      assertThatThrownBy(() -> connection.prepareStatement("SELEC"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Syntax error");
    }
  }

  @Test
  void execute_moreThanTheBound_waits() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);
    DataSource source =
        table(
                2,
                _ -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  end.await();
                  running.decrementAndGet();
                })
            .over(database);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        results.add(threads.submit(() -> one(source)));
      }
      Await.until("two statements run", () -> running.get() == 2);
      end.countDown();
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(1);
      }
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void execute_interrupted_failsWithTheFlagSet() {
    DataSource source =
        table(
                1,
                _ -> {
                  throw new InterruptedException();
                })
            .over(database);
    assertThatThrownBy(() -> one(source))
        .isInstanceOf(SQLException.class)
        .hasMessage("interrupted in a simulated statement");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static SimulatedTable table(int statements, SimulatedTable.Sleeper sleeper) {
    return new SimulatedTable(() -> TIME, statements, sleeper);
  }

  private static int one(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT 1");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
