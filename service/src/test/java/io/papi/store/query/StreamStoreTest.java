package io.papi.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Ticker;
import io.papi.query.Arguments;
import io.papi.query.BrokenStreamException;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import io.papi.query.RowCursor;
import io.papi.query.StreamLimits;
import io.papi.rows.RowSink;
import io.papi.testing.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class StreamStoreTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final AtomicLong READ = new AtomicLong();

  private final Ticker ticker = Ticker.system();
  private final Patience patience = new Patience();
  private final JdbcConnectionPool database =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LAZY_QUERY_EXECUTION=1", "", "");

  /** Called by a statement for each row that it reads. */
  public static long count(long row) {
    READ.incrementAndGet();
    return row;
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    READ.set(0);
    execute("CREATE ALIAS COUNTED DETERMINISTIC FOR 'io.papi.store.query.StreamStoreTest.count'");
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    assertThat(database.getActiveConnections()).isZero();
    execute("SHUTDOWN IMMEDIATELY");
    database.dispose();
    patience.close();
  }

  @Test
  void next_rows_areAllInTheirOrder() throws Exception {
    try (RowCursor rows = open("SELECT X AS n FROM SYSTEM_RANGE(1, 5000)", Long.MAX_VALUE)) {
      List<String> parts = all(rows);
      assertThat(String.join(",", parts).split(",", -1))
          .containsExactly(
              IntStream.rangeClosed(1, 5000).mapToObj(Integer::toString).toArray(String[]::new));
      assertThat(parts).hasSizeGreaterThan(1);
    }
  }

  @Test
  void next_noRows_isTheEnd() throws Exception {
    try (RowCursor rows = open("SELECT X AS n FROM SYSTEM_RANGE(1, 5) WHERE X > 9", 5)) {
      assertThat(rows.next(new Taken())).isZero();
      assertThat(rows.next(new Taken())).isZero();
    }
  }

  @Test
  void next_limit_isNotReadBeyond() throws Exception {
    try (RowCursor rows = open("SELECT COUNTED(X) AS n FROM SYSTEM_RANGE(1, 1000000000)", 3)) {
      assertThat(all(rows)).containsExactly("1,2,3");
    }
    assertThat(READ).hasValueLessThan(10);
  }

  @Test
  void next_firstRows_doNotWaitForTheLast() throws Exception {
    try (RowCursor rows =
        open("SELECT COUNTED(X) AS n FROM SYSTEM_RANGE(1, 1000000000)", Long.MAX_VALUE)) {
      assertThat(rows.next(new Taken())).isPositive();
    }
    long read = READ.get();
    assertThat(read).isLessThan(100_000);
    Thread.onSpinWait();
    assertThat(READ).hasValue(read);
  }

  @Test
  void next_valueWithoutAResult_breaks() throws Exception {
    try (RowCursor rows =
        open("SELECT 10 / (5000 - X) AS n FROM SYSTEM_RANGE(1, 10000)", Long.MAX_VALUE)) {
      assertThat(rows.next(new Taken())).isPositive();
      assertThatThrownBy(() -> all(rows))
          .isInstanceOfSatisfying(
              BrokenStreamException.class, e -> assertThat(e.reason()).isEmpty());
    }
  }

  @Test
  void next_silentForLongerThanTheDeadline_breaks() throws Exception {
    try (RowCursor rows =
        open(
            "SELECT X AS n FROM SYSTEM_RANGE(1, 1000000000000) WHERE X <= 5000 OR X < 0", 10_000)) {
      assertThat(rows.next(new Taken())).isPositive();
      assertThatThrownBy(() -> all(rows))
          .isInstanceOfSatisfying(
              BrokenStreamException.class, e -> assertThat(e.reason()).contains(Reason.DEADLINE));
    }
  }

  @Test
  void open_noRowWithinTheDeadline_breaks() throws Exception {
    assertThatThrownBy(
            () -> open("SELECT SUM(X) AS n FROM SYSTEM_RANGE(1, 1000000000000)", Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            BrokenStreamException.class, e -> assertThat(e.reason()).contains(Reason.DEADLINE));
  }

  @Test
  void next_databaseThatGoes_breaks() throws Exception {
    JdbcDataSource other = new JdbcDataSource();
    other.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";LAZY_QUERY_EXECUTION=1");
    StreamStore store = store("SELECT X AS n FROM SYSTEM_RANGE(1, 10000000)", other);
    try (RowCursor rows = open(store, Long.MAX_VALUE);
        Connection connection = other.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(rows.next(new Taken())).isPositive();
      statement.execute("SHUTDOWN IMMEDIATELY");
      assertThatThrownBy(() -> all(rows))
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.reason()).contains(Reason.STORE_FAILED));
    }
    assertThat(store.isUp()).isFalse();
  }

  @Test
  void open_tableThatIsGone_saysWhy() throws Exception {
    execute("CREATE TABLE T (N INT)");
    StreamStore store = store("SELECT n FROM t");
    assertThat(store.check()).isTrue();
    execute("DROP TABLE T");
    assertThatThrownBy(() -> store.open(new Arguments(Map.of("x", "1")), 1))
        .isInstanceOfSatisfying(
            BrokenStreamException.class,
            e -> assertThat(e.reason()).contains(Reason.SCHEMA_MISMATCH));
    assertThat(store.isUp()).isFalse();
  }

  @Test
  void close_twice_isOnce() throws Exception {
    RowCursor rows = open("SELECT X AS n FROM SYSTEM_RANGE(1, 100000)", Long.MAX_VALUE);
    assertThat(rows.next(new Taken())).isPositive();
    rows.close();
    rows.close();
  }

  @Test
  void close_inTheMiddle_leavesItsConnectionToTheNext() throws Exception {
    StreamStore store = store("SELECT X AS n FROM SYSTEM_RANGE(1, 100000)");
    for (int i = 0; i < 5; i++) {
      try (RowCursor rows = open(store, Long.MAX_VALUE)) {
        assertThat(rows.next(new Taken())).isPositive();
      }
    }
  }

  @Test
  void close_afterAFault_leavesItsConnectionToTheNext() throws Exception {
    StreamStore store = store("SELECT 10 / (5000 * :x - X) AS n FROM SYSTEM_RANGE(1, 10000)");
    for (int i = 0; i < 5; i++) {
      try (RowCursor rows = open(store, Long.MAX_VALUE)) {
        assertThatThrownBy(() -> all(rows))
            .isInstanceOfSatisfying(
                BrokenStreamException.class, e -> assertThat(e.reason()).isEmpty());
      }
    }
  }

  private static List<String> all(RowCursor rows) throws BrokenStreamException {
    List<String> parts = new ArrayList<>();
    for (Taken taken = new Taken(); rows.next(taken) > 0; taken = new Taken()) {
      parts.add(String.join(",", taken.values));
    }
    return parts;
  }

  private RowCursor open(String sql, long limit) throws BrokenStreamException {
    return open(store(sql), limit);
  }

  private static RowCursor open(StreamStore store, long limit) throws BrokenStreamException {
    return store.open(new Arguments(Map.of("x", "1")), limit);
  }

  private StreamStore store(String sql) {
    return store(sql, database);
  }

  private StreamStore store(String sql, DataSource source) {
    Query query =
        new Query(
            "test",
            List.of(new PathTemplate("/test")),
            NamedSql.read(sql + " -- :x"),
            List.of(new Parameter("x", new ParameterType.Whole(0, 9), false, Optional.empty())),
            false,
            1,
            Queries.FRESHNESS,
            new QueryLimits(10_000, 1 << 20, 1 << 20, DEADLINE),
            Optional.of(new StreamLimits(2)),
            Optional.empty());
    return new StreamStore(query, source, patience, new SimpleMeterRegistry(), ticker);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Numbers that are taken by a hundred. */
  private static final class Taken implements RowSink {
    private static final int FULL = 100;

    final List<String> values = new ArrayList<>();

    @Override
    public void beginRow() {}

    @Override
    public void endRow() {}

    @Override
    public boolean isFull() {
      return values.size() >= FULL;
    }

    @Override
    public void number(String digits) {
      values.add(digits);
    }

    @Override
    public void text(String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void flag(boolean value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void nothing() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void json(String compact) {
      throw new UnsupportedOperationException();
    }
  }
}
