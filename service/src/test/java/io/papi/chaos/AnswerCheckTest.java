package io.papi.chaos;

import static io.papi.chaos.Mistake.FALSE_AGE;
import static io.papi.chaos.Mistake.TOO_OLD;
import static io.papi.chaos.Mistake.UNMARKED_STALE;
import static io.papi.chaos.Mistake.WRONG_ABSENCE;
import static io.papi.chaos.Mistake.WRONG_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The check must see each mistake: a chaos run is worth as much as this is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerCheckTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ZERO);

  private final EmbeddedStore database = Addresses.addTo(Customers.load(2 * Truth.BLOCK_IDS));
  private final Rows rows = new Rows(database.dataSource());
  private final Truth truth = new Truth(2);
  private final AnswerCheck check = new AnswerCheck(rows, truth, FRESHNESS);

  /** When block 0 ceased to be version 1; it is version 3 since. Block 1 is version 2. */
  private final long changed;

  AnswerCheckTest() throws SQLException {
    truth.becomes(0, 1, () -> {});
    truth.becomes(1, 2, () -> {});
    truth.becomes(0, 3, () -> {});
    changed = System.nanoTime();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void mistakes_rightRowsInOrder_areNone() {
    assertThat(now(ids(2, 51, 1), row(2, 3), row(51, 2), row(1, 3))).isEmpty();
    assertThat(now(ids(987))).isEmpty();
    assertThat(now(ids(987, 1, 988), row(1, 3))).isEmpty();
  }

  @Test
  void mistakes_anothersRow_orAnotherOrder_areWrongRows() {
    assertThat(now(ids(1), row(2, 3))).containsOnly(WRONG_ROW);
    assertThat(now(ids(1, 2), row(2, 3), row(1, 3))).containsOnly(WRONG_ROW);
    assertThat(now(ids(1), row(1, 3), row(1, 3))).containsOnly(WRONG_ROW);
    assertThat(now(ids(1), row(1, 3) + " ")).containsOnly(WRONG_ROW);
    assertThat(now(ids(1), row(1, 3).replace("C_LOGIN", "C_LOGOUT"))).containsOnly(WRONG_ROW);
    assertThat(now(ids(1), row(1, 3).replace("@", "at"))).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_rowsOfAddresses_areNone() {
    assertThat(now(addresses(4, 1), row(1, 3), row(48, 3))).isEmpty();
    assertThat(now(addresses(987, 4), row(1, 3))).isEmpty();
  }

  @Test
  void mistakes_rowThatHasAnotherAddress_isAWrongRow() {
    assertThat(now(addresses(1), row(1, 3))).containsOnly(WRONG_ROW);
    assertThat(now(addresses(4, 1), row(48, 3), row(1, 3))).containsOnly(WRONG_ROW);
    String others = row(1, 3).replace(Addresses.text(4), Addresses.text(5));
    assertThat(now(addresses(5), others)).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_addressLeftOutThatMoved_isAWrongAbsence() {
    assertThat(after(3, addresses(4, 1), 0, false, row(1, 3))).containsOnly(WRONG_ABSENCE);
  }

  @Test
  void owners_ofAnAddress_changeWithTheVersion() {
    Owners owners = new Owners(truth);
    assertThat(owners.of(4, changed, changed)).containsExactly(1);
    assertThat(owners.of(4, Truth.EVER, changed)).containsExactlyInAnyOrder(3, 1);
    assertThat(owners.changed(4, changed, changed)).isFalse();
    assertThat(owners.changed(4, Truth.EVER, changed)).isTrue();
  }

  @Test
  void mistakes_versionOfAnotherBlock_orNeverWritten_isAWrongRow() {
    assertThat(now(ids(1), row(1, 2))).containsOnly(WRONG_ROW);
    assertThat(now(ids(1), row(1, 4))).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_leftOutButThere_isAWrongAbsence() {
    assertThat(after(3, ids(1, 2), 0, false, row(1, 3))).containsOnly(WRONG_ABSENCE);
  }

  @Test
  void mistakes_goneAndRememberedTooLong_isAWrongAbsence() {
    truth.goes(1, () -> {});
    assertThat(now(ids(51))).isEmpty();
    truth.becomes(1, 5, () -> {});
    assertThat(now(ids(51))).isEmpty();
    assertThat(after(60, ids(51), 0, false)).containsOnly(WRONG_ABSENCE);
    truth.becomes(1, 6, () -> {});
  }

  @Test
  void mistakes_olderThanItsAge_isAFalseAge() {
    assertThat(after(4, ids(1), 4, false, row(1, 1))).isEmpty();
    assertThat(after(4, ids(1), 2, false, row(1, 1))).containsOnly(FALSE_AGE);
  }

  @Test
  void mistakes_pastItsFreshTime_mustBeMarked() {
    assertThat(after(12, ids(1), 12, true, row(1, 1))).isEmpty();
    assertThat(after(12, ids(1), 12, false, row(1, 1))).containsOnly(UNMARKED_STALE);
    assertThat(after(12, ids(1), 9, false, row(1, 1))).containsOnly(UNMARKED_STALE, FALSE_AGE);
  }

  @Test
  void mistakes_pastItsStaleTime_isTooOld() {
    assertThat(after(31, ids(1), 31, true, row(1, 1))).containsOnly(TOO_OLD);
  }

  private Set<Mistake> now(Question.OfRows asked, String... rowsAnswered) {
    return after(0, asked, 0, false, rowsAnswered);
  }

  /** An answer so many seconds after the last change. */
  private Set<Mistake> after(
      int seconds, Question.OfRows asked, int age, boolean marked, String... rowsAnswered) {
    long at = changed + Duration.ofSeconds(seconds).toNanos();
    String body = "[" + String.join(",", rowsAnswered) + "]";
    return check.mistakes(asked, new Answered(at, at + 1_000_000, age, marked, body));
  }

  private static Question.OfRows ids(Integer... numbers) {
    return new Question.OfRows(By.ID, List.of(numbers), false, false, false);
  }

  private static Question.OfRows addresses(Integer... numbers) {
    return new Question.OfRows(By.ADDRESS, List.of(numbers), true, false, false);
  }

  private String row(int id, long version) {
    return rows.text(id, version);
  }
}
