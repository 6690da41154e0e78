package io.papi.store.query;

import io.papi.lookup.Ticker;
import io.papi.query.BrokenStreamException;
import io.papi.query.BrokenStreamException.Fault;
import io.papi.query.RowCursor;
import io.papi.store.ResultColumns;
import io.papi.store.StoreContact;
import io.papi.store.UnreadableRowException;
import io.papi.store.UnreadableRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * The rows of a statement by its cursor. It owns the statement and its connection.
 *
 * <p>Rows are gathered until they are a few kilobytes: to hand over each by itself costs more than
 * to read it. They do not wait for that: what has been gathered when a row took its time goes.
 */
final class SqlCursor implements RowCursor {
  private static final int BATCH_BYTES = 16 * 1024;
  private static final long MAX_GATHER_NANOS = Duration.ofMillis(20).toNanos();

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet result;
  private final ResultColumns columns;
  private final StoreContact contact;
  private final UnreadableRows unreadable;
  private final Ticker ticker;
  private final JsonFactory jsonFactory = new JsonFactory();
  private final ByteArrayBuilder bytes = new ByteArrayBuilder(2 * BATCH_BYTES);
  private final AtomicBoolean closed = new AtomicBoolean();
  private byte[] rows = {};
  private int count;
  private long left;
  private boolean ended;

  /**
   * @param limit the most rows
   */
  SqlCursor(
      Connection connection,
      PreparedStatement statement,
      ResultSet result,
      ResultColumns columns,
      long limit,
      StoreContact contact,
      UnreadableRows unreadable,
      Ticker ticker) {
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.columns = columns;
    this.left = limit;
    this.contact = contact;
    this.unreadable = unreadable;
    this.ticker = ticker;
  }

  @Override
  public boolean next() throws BrokenStreamException {
    if (ended) {
      return false;
    }
    bytes.reset();
    count = 0;
    long began = ticker.nanos();
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      boolean goesOn = true;
      while (goesOn) {
        if (left > 0 && result.next()) {
          columns.write(json, result);
          left--;
          count++;
          goesOn = bytes.size() < BATCH_BYTES && ticker.nanos() - began < MAX_GATHER_NANOS;
        } else {
          ended = true;
          goesOn = false;
        }
      }
      json.writeEndArray();
    } catch (UnreadableRowException e) {
      unreadable.noForm(e);
      throw new BrokenStreamException(Fault.ROW);
    } catch (SQLException e) {
      if (StoreContact.isDataException(e)) {
        unreadable.noResult(String.valueOf(e.getSQLState()));
        throw new BrokenStreamException(Fault.ROW);
      }
      if (!closed.get()) {
        contact.failed(e);
      }
      throw new BrokenStreamException(Fault.STORE);
    } catch (RuntimeException e) {
      // Drivers throw these at answers that they do not understand.
      contact.failed(e);
      throw new BrokenStreamException(Fault.STORE);
    }
    rows = bytes.toByteArray();
    return count > 0;
  }

  @Override
  public byte[] rows() {
    return rows;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (connection;
        statement;
        result) {
      if (!ended) {
        statement.cancel();
      }
    } catch (SQLException e) {
      // the connection is given back or given up in any case
    }
  }
}
