package io.papi.chaos;

import static io.papi.chaos.Mistake.TOO_OLD;
import static io.papi.chaos.Mistake.WRONG_ABSENCE;
import static io.papi.chaos.Mistake.WRONG_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check must see each mistake. */
class AddressCheckTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ZERO);

  private final EmbeddedStore database = Customers.load(50);
  private final MovingAddresses members = new MovingAddresses(database.dataSource(), 1);
  private final AddressCheck check = new AddressCheck(members, FRESHNESS);

  @AfterEach
  void close() throws SQLException {
    members.close();
    database.close();
  }

  @Test
  void mistakes_rowsWithTheAddressesInOrder_areNone() {
    assertThat(now(List.of(7, 3), row(7, 7), row(3, 3))).isEmpty();
  }

  @Test
  void mistakes_rowWithAnotherAddress_orMore_isAWrongRow() {
    assertThat(now(List.of(7), row(7, 8))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(7, 3), row(3, 3), row(7, 7))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(7), row(7, 7), row(3, 3))).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_leftOut_isAWrongAbsence() {
    assertThat(now(List.of(7))).containsOnly(WRONG_ABSENCE);
    assertThat(now(List.of(7, 3), row(7, 7))).containsOnly(WRONG_ABSENCE);
  }

  @Test
  void mistakes_memberWhoNeverHadIt_isTooOldWhateverItsAge() {
    assertThat(now(List.of(7), row(8, 7))).contains(TOO_OLD);
  }

  @Test
  void was_afterAMove_isBothForATime() {
    for (int i = 0; i < 1_000; i++) {
      members.moveOne();
    }
    long now = System.nanoTime();
    for (int address = 0; address < MovingAddresses.COUNT; address++) {
      int asked = address;
      assertThat(
              IntStream.range(0, MovingAddresses.COUNT)
                  .filter(member -> members.was(asked, member, now, now)))
          .hasSize(1);
      assertThat(members.was(address, address, now - 60_000_000_000L, now)).isTrue();
    }
  }

  private Set<Mistake> now(List<Integer> addresses, String... rows) {
    long at = System.nanoTime();
    String body = "[" + String.join(",", rows) + "]";
    return check.mistakes(addresses, new Answered(at, at + 1_000_000, 0, false, body));
  }

  private static String row(int member, int address) {
    return "{\"ID\":" + member + ",\"ADDRESS\":\"" + MovingAddresses.address(address) + "\"}";
  }
}
