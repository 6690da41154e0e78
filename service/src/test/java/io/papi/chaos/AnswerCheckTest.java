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

  private final EmbeddedStore database = Customers.load(2 * Truth.BLOCK_IDS);
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
    assertThat(now(List.of(2, 51, 1), row(2, 3), row(51, 2), row(1, 3))).isEmpty();
    assertThat(now(List.of(987))).isEmpty();
    assertThat(now(List.of(987, 1, 988), row(1, 3))).isEmpty();
  }

  @Test
  void mistakes_anothersRow_orAnotherOrder_areWrongRows() {
    assertThat(now(List.of(1), row(2, 3))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(1, 2), row(2, 3), row(1, 3))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(1), row(1, 3), row(1, 3))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(1), row(1, 3) + " ")).containsOnly(WRONG_ROW);
    assertThat(now(List.of(1), row(1, 3).replace("C_LOGIN", "C_LOGOUT"))).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_versionOfAnotherBlock_orNeverWritten_isAWrongRow() {
    assertThat(now(List.of(1), row(1, 2))).containsOnly(WRONG_ROW);
    assertThat(now(List.of(1), row(1, 4))).containsOnly(WRONG_ROW);
  }

  @Test
  void mistakes_leftOutButThere_isAWrongAbsence() {
    assertThat(after(3, List.of(1, 2), 0, false, row(1, 3))).containsOnly(WRONG_ABSENCE);
  }

  @Test
  void mistakes_goneAndRememberedTooLong_isAWrongAbsence() {
    truth.goes(1, () -> {});
    assertThat(now(List.of(51))).isEmpty();
    truth.becomes(1, 5, () -> {});
    assertThat(now(List.of(51))).isEmpty();
    assertThat(after(3, List.of(51), 0, false)).containsOnly(WRONG_ABSENCE);
    truth.becomes(1, 6, () -> {});
  }

  @Test
  void mistakes_olderThanItsAge_isAFalseAge() {
    assertThat(after(4, List.of(1), 4, false, row(1, 1))).isEmpty();
    assertThat(after(4, List.of(1), 2, false, row(1, 1))).containsOnly(FALSE_AGE);
  }

  @Test
  void mistakes_pastItsFreshTime_mustBeMarked() {
    assertThat(after(12, List.of(1), 12, true, row(1, 1))).isEmpty();
    assertThat(after(12, List.of(1), 12, false, row(1, 1))).containsOnly(UNMARKED_STALE);
    assertThat(after(12, List.of(1), 9, false, row(1, 1))).containsOnly(UNMARKED_STALE, FALSE_AGE);
  }

  @Test
  void mistakes_pastItsStaleTime_isTooOld() {
    assertThat(after(31, List.of(1), 31, true, row(1, 1))).containsOnly(TOO_OLD);
  }

  private Set<Mistake> now(List<Integer> ids, String... rowsAnswered) {
    return after(0, ids, 0, false, rowsAnswered);
  }

  /** An answer so many seconds after the last change. */
  private Set<Mistake> after(
      int seconds, List<Integer> ids, int age, boolean marked, String... rowsAnswered) {
    long at = changed + Duration.ofSeconds(seconds).toNanos();
    String body = "[" + String.join(",", rowsAnswered) + "]";
    return check.mistakes(ids, new Answered(at, at + 1_000_000, age, marked, body));
  }

  private String row(int id, long version) {
    Rows.Text text = rows.of(id);
    if (text == null) {
      throw new AssertionError("no row " + id);
    }
    return text.head() + version + text.tail();
  }
}
