package io.papi.store.query;

import io.papi.lookup.Ticker;
import io.papi.query.BrokenStreamException;
import io.papi.query.RowCursor;
import io.papi.rows.RowSink;
import io.papi.store.ResultColumns;
import io.papi.store.UnreadableRowException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The rows of a statement by its cursor. It owns the statement and its connection. Of one thread.
 *
 * <p>Rows are gathered: to send each by itself costs more than to read it. They do not wait for
 * that: what has been gathered when a row took its time goes.
 */
final class SqlCursor implements RowCursor {
  private static final long MAX_GATHER_NANOS = Duration.ofMillis(20).toNanos();

  /** They take a tenth of a millisecond; then whoever waits for the processor goes first. */
  private static final int ROWS_IN_A_TURN = 64;

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet result;
  private final ResultColumns columns;
  private final Duration silence;
  private final Patience patience;
  private final StreamFaults faults;
  private final Ticker ticker;
  private long left;
  private boolean ended;

  /**
   * @param limit the most rows
   * @param silence how long it waits for more rows
   */
  SqlCursor(
      Connection connection,
      PreparedStatement statement,
      ResultSet result,
      ResultColumns columns,
      long limit,
      Duration silence,
      Patience patience,
      StreamFaults faults,
      Ticker ticker) {
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.columns = columns;
    this.left = limit;
    this.silence = silence;
    this.patience = patience;
    this.faults = faults;
    this.ticker = ticker;
  }

  @Override
  public int next(RowSink sink) throws BrokenStreamException {
    try (Patience.Step _ = patience.step(silence, statement::cancel)) {
      return give(sink);
    } catch (UnreadableRowException e) {
      throw faults.broken(e, connection);
    } catch (SQLException e) {
      throw faults.broken(e);
    } catch (RuntimeException e) {
      throw faults.broken(e);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed rests on it
  private int give(RowSink sink) throws SQLException, UnreadableRowException {
    int count = 0;
    long began = ticker.nanos();
    while (advance()) {
      columns.give(sink, result);
      count++;
      if (count % ROWS_IN_A_TURN == 0) {
        Thread.yield();
      }
      if (sink.isFull() || ticker.nanos() - began >= MAX_GATHER_NANOS) {
        break;
      }
    }
    return count;
  }

  /** Moves to the next row, if there is one and it is wanted. */
  private boolean advance() throws SQLException {
    ended = ended || left-- <= 0 || !result.next();
    return !ended;
  }

  @Override
  public void close() {
    // Not cancelled: to close its result ends it, in H2 as in Snowflake's driver. In H2 a cancel
    // that finds nothing running would end the next statement of the same text.
    try (connection;
        statement;
        result) {
      ended = true;
    } catch (SQLException e) {
      // the connection is given back or given up in any case
    }
  }
}
