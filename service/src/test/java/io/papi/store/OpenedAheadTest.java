package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Await;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenedAheadTest {
  private final List<Connection> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** What happens at each opening, by its number from 1 on. */
  private interface Opening {
    void before(int number) throws SQLException, InterruptedException;
  }

  @Test
  void openings_allButTheFirst_areSideBySide() throws SQLException {
    CountDownLatch three = new CountDownLatch(3);
    OpenedAhead ahead =
        ahead(
            4,
            number -> {
              if (number > 1) {
                three.countDown();
                assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
              }
            });
    Await.until("all are open", () -> ahead.isDoneBut(4));
    for (int left = 3; left >= 0; left--) {
      assertThat(ahead.isDoneBut(left)).isFalse();
      assertThat(ahead.getConnection()).isIn(opened);
      assertThat(ahead.isDoneBut(left)).isTrue();
    }
    assertThat(asked).hasValue(4);
  }

  @Test
  void moreThanWereOpenedAhead_areOpenedWhenAskedFor() throws SQLException {
    OpenedAhead ahead = ahead(1, _ -> {});
    ahead.getConnection().close();
    assertThat(asked).hasValue(1);
    ahead.getConnection().close();
    assertThat(asked).hasValue(2);
  }

  @Test
  void firstFails_isToldToWhoAsks_andTheOthersDoNotBegin() throws SQLException {
    OpenedAhead ahead =
        ahead(
            5,
            number -> {
              if (number == 1) {
                throw new SQLException("refused");
              }
            });
    assertThatThrownBy(ahead::getConnection).isInstanceOf(SQLException.class).hasMessage("refused");
    assertThat(asked).hasValue(1);
    ahead.getConnection().close();
    assertThat(asked).hasValue(2);
    assertThat(ahead.isDoneBut(5)).isFalse();
  }

  @Test
  void close_closesWhatNobodyAskedFor_alsoWhatIsStillBeingOpened() throws SQLException {
    CountDownLatch closed = new CountDownLatch(1);
    OpenedAhead ahead =
        ahead(
            3,
            number -> {
              if (number == 3) {
                closed.await();
              }
            });
    Connection taken = ahead.getConnection();
    ahead.close();
    closed.countDown();
    Await.until("all but one are closed", () -> opened.size() == 3 && closedCount() == 2);
    assertThat(taken.isClosed()).isFalse();
  }

  private long closedCount() {
    return opened.stream()
        .filter(
            connection -> {
              try {
                return connection.isClosed();
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            })
        .count();
  }

  private OpenedAhead ahead(int count, Opening opening) {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:");
    return new OpenedAhead(new Source(database, opening), count);
  }

  /** Opens connections to H2, each after what is to happen before. */
  private final class Source implements DataSource {
    private final DataSource database;
    private final Opening opening;

    Source(DataSource database, Opening opening) {
      this.database = database;
      this.opening = opening;
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        opening.before(asked.incrementAndGet());
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
      Connection connection = database.getConnection();
      opened.add(connection);
      return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return database.getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
