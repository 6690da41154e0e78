package io.papi.chaos;

import static io.papi.chaos.Mistake.FALSE_AGE;
import static io.papi.chaos.Mistake.SHORTER_REPORT;
import static io.papi.chaos.Mistake.TOO_OLD;
import static io.papi.chaos.Mistake.UNMARKED_STALE;
import static io.papi.chaos.Mistake.WRONG_REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check must see each mistake: a chaos run is worth as much as this is. */
class ReportCheckTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ZERO);
  private static final Question.OfReport ALL = new Question.OfReport(0, 2, false, false);

  private final Truth truth = new Truth(3);
  private final ReportCheck check = new ReportCheck(truth, FRESHNESS);

  /**
   * When the last change was: block 0 became 4 instead of 1, after block 1 had become 3 instead of
   * 2. Block 2 never had a row.
   */
  private final long changed;

  ReportCheckTest() {
    truth.becomes(0, 1, () -> {});
    truth.becomes(1, 2, () -> {});
    truth.becomes(1, 3, () -> {});
    truth.becomes(0, 4, () -> {});
    changed = System.nanoTime();
  }

  @Test
  void mistakes_asTheTableWas_areNone() {
    assertThat(now(Map.of(0, 4L, 1, 3L))).isEmpty();
    assertThat(after(4, ALL, 4, false, text(Map.of(0, 1L, 1, 3L)))).isEmpty();
    assertThat(after(4, ALL, 4, false, text(Map.of(0, 1L, 1, 2L)))).isEmpty();
    assertThat(after(4, new Question.OfReport(2, 2, false, false), 0, false, "[]")).isEmpty();
  }

  @Test
  void mistakes_blocksOfTwoMoments_areAWrongReport() {
    assertThat(now(Map.of(0, 4L, 1, 2L))).containsOnly(WRONG_REPORT);
  }

  @Test
  void mistakes_versionOfAnotherBlock_orNeverWritten_isAWrongReport() {
    assertThat(now(Map.of(0, 3L, 1, 4L))).containsOnly(WRONG_REPORT);
    assertThat(now(Map.of(0, 5L, 1, 3L))).containsOnly(WRONG_REPORT);
  }

  @Test
  void mistakes_anothersReport_orAnotherText_isAWrongReport() {
    Question.OfReport first = new Question.OfReport(0, 0, false, false);
    String right = text(Map.of(0, 4L));
    assertThat(after(0, first, 0, false, right)).isEmpty();
    assertThat(after(0, first, 0, false, text(Map.of(0, 4L, 1, 3L)))).containsOnly(WRONG_REPORT);
    assertThat(after(0, first, 0, false, right.replace(":50,", ":49,"))).containsOnly(WRONG_REPORT);
    assertThat(after(0, first, 0, false, right.replace(":200}", ":199}")))
        .containsOnly(WRONG_REPORT);
    assertThat(after(0, first, 0, false, right.substring(1))).containsOnly(WRONG_REPORT);
    assertThat(after(0, first, 0, false, "")).containsOnly(WRONG_REPORT);
  }

  @Test
  void mistakes_blockLeftOutThatWasThere_isAShorterReport() {
    assertThat(now(Map.of(0, 4L))).containsOnly(SHORTER_REPORT);
    assertThat(now(Map.of())).doesNotContain(WRONG_REPORT);
  }

  @Test
  void mistakes_goneWhileAnotherWasThere_isOfOneMoment() {
    truth.goes(1, () -> {});
    truth.becomes(0, 5, () -> {});
    truth.becomes(1, 6, () -> {});
    truth.becomes(0, 7, () -> {});
    assertThat(after(1, ALL, 1, false, text(Map.of(0, 4L)))).isEmpty();
    assertThat(after(1, ALL, 1, false, text(Map.of(0, 5L)))).isEmpty();
    assertThat(after(1, ALL, 1, false, text(Map.of(0, 7L)))).containsOnly(SHORTER_REPORT);
    assertThat(after(1, ALL, 1, false, text(Map.of(0, 5L, 1, 3L)))).containsOnly(WRONG_REPORT);
  }

  @Test
  void mistakes_olderThanItsAge_isAFalseAge() {
    assertThat(after(4, ALL, 2, false, text(Map.of(0, 1L, 1, 3L)))).containsOnly(FALSE_AGE);
  }

  @Test
  void mistakes_pastItsFreshTime_mustBeMarked() {
    String old = text(Map.of(0, 1L, 1, 3L));
    assertThat(after(12, ALL, 12, true, old)).isEmpty();
    assertThat(after(12, ALL, 12, false, old)).containsOnly(UNMARKED_STALE);
    assertThat(after(12, ALL, 9, false, old)).containsOnly(UNMARKED_STALE, FALSE_AGE);
  }

  @Test
  void mistakes_pastItsStaleTime_isTooOld() {
    assertThat(after(31, ALL, 31, true, text(Map.of(0, 1L, 1, 3L)))).containsOnly(TOO_OLD);
  }

  private Set<Mistake> now(Map<Integer, Long> versions) {
    return after(0, ALL, 0, false, text(versions));
  }

  /** An answer so many seconds after the last change. */
  private Set<Mistake> after(
      int seconds, Question.OfReport question, int age, boolean marked, String body) {
    long at = changed + Duration.ofSeconds(seconds).toNanos();
    return check.mistakes(question, new Answered(at, at + 1_000_000, age, marked, body));
  }

  private static String text(Map<Integer, Long> versions) {
    return ReportCheck.text(versions);
  }
}
