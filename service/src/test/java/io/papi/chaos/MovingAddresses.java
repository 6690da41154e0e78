package io.papi.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;

/**
 * A table of members, of whom two exchange their addresses again and again: at each moment each
 * address is one member's. It knows whose an address has been. Thread-safe; one thread moves.
 */
final class MovingAddresses implements AutoCloseable {
  static final int COUNT = 300;

  private final Connection connection;
  private final PreparedStatement exchange;
  private final Random random;

  /** The address that each member has, by number. */
  private final int[] ofMember = new int[COUNT];

  /** Whose each address has been, the present member first. */
  private final List<Deque<Owner>> owners = new ArrayList<>();

  /** Whose an address was for a time; it may have been so a little longer on either side. */
  private static final class Owner {
    final int member;
    final long since;
    volatile long until = Long.MAX_VALUE;

    Owner(int member, long since) {
      this.member = member;
      this.since = since;
    }
  }

  MovingAddresses(DataSource database, long seed) {
    this.random = new Random(seed);
    try {
      this.connection = database.getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE API.DATA.MEMBERS (ID NUMERIC(38) PRIMARY KEY, ADDRESS VARCHAR(40))");
        statement.execute("CREATE INDEX MEMBER_BY_ADDRESS ON API.DATA.MEMBERS (ADDRESS)");
        for (int number = 0; number < COUNT; number++) {
          statement.execute(
              "INSERT INTO API.DATA.MEMBERS VALUES (%d, '%s')".formatted(number, address(number)));
          ofMember[number] = number;
          Deque<Owner> only = new ConcurrentLinkedDeque<>();
          only.addFirst(new Owner(number, Long.MIN_VALUE));
          owners.add(only);
        }
      }
      this.exchange =
          connection.prepareStatement(
              "UPDATE API.DATA.MEMBERS SET ADDRESS = CASE ID WHEN ? THEN ? ELSE ? END"
                  + " WHERE ID IN (?, ?)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String address(int number) {
    return "member+" + number + "@example.com";
  }

  /** Two members exchange their addresses, in one statement. */
  void moveOne() {
    int one = random.nextInt(COUNT);
    int other = (one + 1 + random.nextInt(COUNT - 1)) % COUNT;
    int first = ofMember[one];
    int second = ofMember[other];
    owners.get(second).addFirst(new Owner(one, System.nanoTime()));
    owners.get(first).addFirst(new Owner(other, System.nanoTime()));
    try {
      exchange.setInt(1, one);
      exchange.setString(2, address(second));
      exchange.setString(3, address(first));
      exchange.setInt(4, one);
      exchange.setInt(5, other);
      if (exchange.executeUpdate() != 2) {
        throw new IllegalStateException("a member is missing");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    end(second, other);
    end(first, one);
    ofMember[one] = second;
    ofMember[other] = first;
  }

  private void end(int address, int member) {
    for (Owner owner : owners.get(address)) {
      if (owner.member == member && owner.until == Long.MAX_VALUE) {
        owner.until = System.nanoTime();
        return;
      }
    }
  }

  /** Whether an address can have been a member's between two moments. */
  boolean was(int address, int member, long since, long until) {
    return owners.get(address).stream()
        .anyMatch(
            owner ->
                owner.member == member
                    && (owner.since == Long.MIN_VALUE || owner.since - until <= 0)
                    && (owner.until == Long.MAX_VALUE || owner.until - since >= 0));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
