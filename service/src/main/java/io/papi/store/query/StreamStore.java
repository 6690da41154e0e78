package io.papi.store.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import io.papi.query.Arguments;
import io.papi.query.BrokenStreamException;
import io.papi.query.Query;
import io.papi.query.RowCursor;
import io.papi.query.RowStreams;
import io.papi.rows.ValueKind;
import io.papi.store.Contact;
import io.papi.store.ResultColumns;
import io.papi.store.StoreContact;
import io.papi.store.UnreadableRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * The rows of one query, streamed from a SQL database: a statement for each stream, whose rows are
 * read as they are taken. Thread-safe; as many streams run as there are connections.
 */
public final class StreamStore implements Contact, RowStreams {
  /** So many rows a driver may read ahead. */
  private static final int FETCH_ROWS = 500;

  private final Query query;
  private final Binds binds;
  private final AnswerColumns columns;
  private final StoreContact contact;
  private final StreamFaults faults;
  private final Patience patience;
  private final Ticker ticker;

  public StreamStore(
      Query query, DataSource dataSource, Patience patience, MeterRegistry meters, Ticker ticker) {
    String name = query.name();
    String subject = "query " + name;
    this.query = query;
    this.binds = new Binds(query);
    this.columns = new AnswerColumns(query, subject, binds, meters);
    this.contact = new StoreContact(name, subject, dataSource, meters, ticker);
    this.faults = new StreamFaults(contact, new UnreadableRows(name, subject, meters, ticker));
    this.patience = patience;
    this.ticker = ticker;
  }

  /** What is streamed. */
  public Query query() {
    return query;
  }

  @Override
  public String name() {
    return query.name();
  }

  @Override
  public boolean check() {
    return columns.check(contact);
  }

  @Override
  public boolean isUp() {
    return contact.isUp();
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public List<ValueKind> kinds() {
    return columns.kinds();
  }

  @Override
  public RowCursor open(Arguments arguments, long limit) throws BrokenStreamException {
    try {
      return contact.open(connection -> cursor(connection, arguments, limit));
    } catch (SQLException e) {
      throw faults.broken(e);
    } catch (RuntimeException e) {
      throw faults.broken(e);
    }
  }

  private RowCursor cursor(Connection connection, Arguments arguments, long limit)
      throws SQLException {
    Duration silence = query.limits().deadline();
    try {
      ResultColumns known = columns.of(connection);
      PreparedStatement statement = connection.prepareStatement(binds.sql(known.dialect()));
      try (Patience.Step _ = patience.step(silence, statement::cancel)) {
        if (known.dialect().hasResultsWhole()) {
          statement.setQueryTimeout(query.limits().statementTimeoutSeconds());
        }
        statement.setFetchSize(FETCH_ROWS);
        binds.bind(statement, arguments);
        ResultSet rows = statement.executeQuery();
        known.checkAll(rows.getMetaData());
        return new SqlCursor(
            connection, statement, rows, known, limit, silence, patience, faults, ticker);
      } catch (SQLException | RuntimeException e) {
        statement.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
