package io.papi.store.query;

import io.papi.query.BrokenStreamException;
import io.papi.store.StoreContact;
import io.papi.store.UnreadableRowException;
import io.papi.store.UnreadableRows;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tells what ends the streams of one query: its store, or a row. Both are counted and logged.
 * Thread-safe.
 */
final class StreamFaults {
  private final StoreContact contact;
  private final UnreadableRows unreadable;

  StreamFaults(StoreContact contact, UnreadableRows unreadable) {
    this.contact = contact;
    this.unreadable = unreadable;
  }

  BrokenStreamException broken(SQLException failure) {
    if (StoreContact.isDataException(failure)) {
      unreadable.noResult(String.valueOf(failure.getSQLState()));
      return BrokenStreamException.ofRow();
    }
    return BrokenStreamException.because(contact.broken(failure));
  }

  BrokenStreamException broken(RuntimeException failure) {
    return BrokenStreamException.because(contact.broken(failure));
  }

  BrokenStreamException broken(UnreadableRowException row, Connection connection) {
    try {
      StoreContact.throwIfLost(connection, row);
    } catch (SQLException e) {
      return broken(e);
    }
    unreadable.noForm(row);
    return BrokenStreamException.ofRow();
  }
}
