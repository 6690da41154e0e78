package io.papi.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Random;
import javax.sql.DataSource;

/**
 * The table whose rows change under way: a block of ids gets a new version, and some blocks go and
 * come back. A row that has gone stands under its negative id. Of one thread.
 */
final class ChangingTable implements AutoCloseable {
  /** The last blocks come and go. */
  private static final int COMING_AND_GOING = 6;

  private final Connection connection;
  private final PreparedStatement change;
  private final Truth truth;
  private final Random random;
  private final BitSet gone = new BitSet();
  private long version = 1_000_000;

  /** Gives each block its first version. */
  ChangingTable(DataSource database, Truth truth, long seed) throws SQLException {
    this.connection = database.getConnection();
    this.change =
        connection.prepareStatement(
            "UPDATE %s SET %s = ?, %s = ? * %s WHERE %s BETWEEN ? AND ?"
                .formatted(Rows.TABLE, Rows.VERSION, Rows.KEY, Rows.KEY, Rows.KEY));
    this.truth = truth;
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
      truth.goes(block, () -> update(block, 0, -1));
      gone.set(block);
    }
  }

  private void changeVersion(int block) {
    long next = ++version;
    truth.becomes(block, next, () -> update(block, next, gone.get(block) ? -1 : 1));
    gone.clear(block);
  }

  private void update(int block, long to, int sign) {
    int first = Truth.firstId(block);
    int last = Truth.lastId(block);
    try {
      change.setLong(1, to);
      change.setInt(2, sign);
      change.setInt(3, gone.get(block) ? -last : first);
      change.setInt(4, gone.get(block) ? -first : last);
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
