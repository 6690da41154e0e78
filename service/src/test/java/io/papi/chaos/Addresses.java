package io.papi.chaos;

import io.papi.store.embedded.EmbeddedStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The addresses by which customers are asked for: as many as there are customers, with numbers as
 * ids have. Each stays in its block and moves there from one customer to the next; a block's
 * version says how far all of its addresses have moved.
 */
final class Addresses {
  static final String COLUMN = "C_EMAIL_LOWER";

  private static final int LENGTH = 50;

  private Addresses() {}

  /** Gives the table its column of addresses, of which none has moved, with an index. */
  static EmbeddedStore addTo(EmbeddedStore database) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %s ADD COLUMN %s VARCHAR(%d)".formatted(Rows.TABLE, COLUMN, LENGTH));
      statement.execute("UPDATE %s SET %s = %s".formatted(Rows.TABLE, COLUMN, textOf(Rows.KEY)));
      statement.execute("CREATE INDEX BY_ADDRESS ON %s (%s)".formatted(Rows.TABLE, COLUMN));
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An address as the table has it. */
  static String text(int number) {
    return "a" + number + "@chaos.example";
  }

  /** The same as an expression of SQL, of one that gives the number. */
  static String textOf(String number) {
    return "'a' || " + number + " || '@chaos.example'";
  }

  /** An address as callers write it, for the service to fold. */
  static String asked(int number) {
    return "A" + number + "@Chaos.Example";
  }

  /** The {@code sequence}-th version, in which the addresses have moved so far. */
  static long version(long sequence, int moved) {
    return sequence * Truth.BLOCK_IDS + moved % Truth.BLOCK_IDS;
  }

  /** The address that a customer had in a version. */
  static int of(int id, long version) {
    return within(id, moved(version));
  }

  /** The customer who had an address in a version. */
  static int owner(int number, long version) {
    return within(number, Truth.BLOCK_IDS - moved(version));
  }

  static int moved(long version) {
    return (int) (version % Truth.BLOCK_IDS);
  }

  private static int within(int number, int moved) {
    int first = Truth.firstId(Truth.block(number));
    return first + (number - first + moved) % Truth.BLOCK_IDS;
  }
}
