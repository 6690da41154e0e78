package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.testing.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void lookups_haveAllConnectionsOpen() {
    try (ConnectionPool pool =
        new ConnectionPool(database(), new StoreSettings(3, 128, Duration.ofSeconds(1)), meters)) {
      Await.until("all are open", pool::isOpen);
      Await.until("all are taken up", () -> connections("hikaricp.connections", "store") == 3);
    }
  }

  @Test
  void lookups_areOpen_beforeThePoolHasTakenUpTheLast() {
    StoreSettings settings = new StoreSettings(24, 128, Duration.ofSeconds(1));
    try (ConnectionPool pool = new ConnectionPool(database(), settings, meters)) {
      Await.until("all are open", pool::isOpen);
      assertThat(connections("hikaricp.connections", "store")).isBetween(8.0, 23.0);
      Await.until("all are taken up", () -> connections("hikaricp.connections", "store") == 24);
    }
  }

  @Test
  void queries_keepOneConnectionIdle_andOpenMoreOnDemand() throws SQLException {
    PoolSettings settings = PoolSettings.forQueries(Optional.empty(), 2);
    try (ConnectionPool pool = new ConnectionPool(database(), settings, meters)) {
      Await.until("one is open", pool::isOpen);
      assertThat(connections("hikaricp.connections.max", "queries")).isEqualTo(2);
      assertThat(connections("hikaricp.connections.min", "queries")).isEqualTo(1);
      try (Connection first = pool.dataSource().getConnection();
          Connection second = pool.dataSource().getConnection()) {
        assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        Await.until("two are open", () -> connections("hikaricp.connections", "queries") == 2);
      }
    }
  }

  @Test
  void beyondItsMaximum_aStatementGetsNoConnection() throws SQLException {
    PoolSettings settings = new PoolSettings("queries", 1, 1, Duration.ofMillis(250));
    try (ConnectionPool pool = new ConnectionPool(database(), settings, meters);
        Connection only = pool.dataSource().getConnection()) {
      assertThatThrownBy(pool.dataSource()::getConnection)
          .isInstanceOf(SQLTransientConnectionException.class);
      assertThat(only.isClosed()).isFalse();
    }
  }

  @Test
  void metrics_areByPool() {
    try (ConnectionPool lookups =
            new ConnectionPool(
                database(), new StoreSettings(2, 128, Duration.ofSeconds(1)), meters);
        ConnectionPool small =
            new ConnectionPool(
                database(), PoolSettings.forQueries(Optional.of("SMALL_WH"), 3), meters);
        ConnectionPool large =
            new ConnectionPool(
                database(), PoolSettings.forQueries(Optional.of("LARGE_WH"), 4), meters)) {
      Await.until("all are open", () -> lookups.isOpen() && small.isOpen() && large.isOpen());
      assertThat(connections("hikaricp.connections.max", "store")).isEqualTo(2);
      assertThat(connections("hikaricp.connections.max", "queries/SMALL_WH")).isEqualTo(3);
      assertThat(connections("hikaricp.connections.max", "queries/LARGE_WH")).isEqualTo(4);
    }
  }

  @Test
  void settings_outOfBounds_areRejected() {
    assertThatThrownBy(() -> PoolSettings.forQueries(Optional.empty(), 0))
        .hasMessageContaining("between 1 and 0");
    assertThatThrownBy(() -> new PoolSettings("queries", 1, 1, Duration.ofMillis(249)))
        .hasMessageContaining("PT0.249S");
  }

  private double connections(String meter, String pool) {
    return meters.get(meter).tag("pool", pool).gauge().value();
  }

  private static JdbcDataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:");
    return database;
  }
}
