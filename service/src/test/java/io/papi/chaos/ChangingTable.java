package io.papi.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Random;
import javax.sql.DataSource;

/**
 * The table whose rows change under way: a block of ids gets a new version, with which its
 * addresses may move, and some blocks go and come back. Each change is one statement, so that an
 * address that moves is with one customer at any moment. A row that has gone stands under its
 * negative id, without an address. Of one thread.
 */
final class ChangingTable implements AutoCloseable {
  /** The last blocks come and go. */
  private static final int COMING_AND_GOING = 6;

  /** Addresses move with one in so many versions: rows and what leads to them often agree. */
  private static final int VERSIONS_FOR_A_MOVE = 8;

  /** The version of rows that have gone: they have no address. */
  private static final long GONE = 0;

  private final Connection connection;
  private final PreparedStatement change;
  private final Truth truth;
  private final Random random;
  private final BitSet gone = new BitSet();
  private final int[] moved;
  private long sequence = 100_000;

  /** Gives each block its first version. */
  ChangingTable(DataSource database, Truth truth, long seed) throws SQLException {
    this.connection = database.getConnection();
    this.change =
        connection.prepareStatement(
            "UPDATE %s SET %s = ?, %s = ? * %s, %s = CASE WHEN ? > 0 THEN %s END WHERE %s BETWEEN ? AND ?"
                .formatted(
                    Rows.TABLE,
                    Rows.VERSION,
                    Rows.KEY,
                    Rows.KEY,
                    Addresses.COLUMN,
                    Addresses.textOf(
                        "(? + MOD(ABS(%s) - ? + ?, %d))".formatted(Rows.KEY, Truth.BLOCK_IDS)),
                    Rows.KEY));
    this.truth = truth;
    this.moved = new int[truth.blocks()];
    this.random = new Random(seed);
    for (int block = 0; block < truth.blocks(); block++) {
      changeVersion(block);
    }
  }

  /** Changes one block. */
  void changeOne() {
    int block = random.nextInt(truth.blocks());
    if (block < truth.blocks() - COMING_AND_GOING || random.nextInt(4) > 0) {
      changeVersion(block);
    } else if (!gone.get(block)) {
      truth.goes(block, () -> update(block, GONE, -1));
      gone.set(block);
    }
  }

  private void changeVersion(int block) {
    if (random.nextInt(VERSIONS_FOR_A_MOVE) == 0) {
      moved[block]++;
    }
    long next = Addresses.version(++sequence, moved[block]);
    truth.becomes(block, next, () -> update(block, next, gone.get(block) ? -1 : 1));
    gone.clear(block);
  }

  private void update(int block, long to, int sign) {
    int first = Truth.firstId(block);
    int last = Truth.lastId(block);
    try {
      change.setLong(1, to);
      change.setInt(2, sign);
      change.setLong(3, to);
      change.setInt(4, first);
      change.setInt(5, first);
      change.setInt(6, Addresses.moved(to));
      change.setInt(7, gone.get(block) ? -last : first);
      change.setInt(8, gone.get(block) ? -first : last);
      if (change.executeUpdate() != Truth.BLOCK_IDS) {
        throw new IllegalStateException("block " + block + " has not all of its rows");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
