package io.papi.chaos;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Holds answers with rows against the truth. Thread-safe. */
final class AnswerCheck {
  private final Rows rows;
  private final Truth truth;
  private final AgeCheck ages;
  private final long absenceNanos;

  AnswerCheck(Rows rows, Truth truth, Freshness freshness) {
    this.rows = rows;
    this.truth = truth;
    this.ages = new AgeCheck(freshness);
    this.absenceNanos = freshness.negative().plus(freshness.slack()).toNanos();
  }

  /** All that is wrong with an answer. */
  Set<Mistake> mistakes(Question.OfRows asked, Answered answer) {
    Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
    String body = answer.body();
    int at = 1;
    for (int number : asked.distinctNumbers()) {
      int start = at > 1 && body.startsWith(",", at) ? at + 1 : at;
      Optional<Rows.Shown> row =
          rows.at(body, start).filter(shown -> asked.by().numberOf(shown) == number);
      if (row.isPresent()) {
        addOfRow(mistakes, answer, row.get());
        at = row.get().end();
      } else {
        addOfAbsence(mistakes, answer, number);
      }
    }
    // what nobody asked for is left over, as is what is no row
    if (!body.startsWith("[") || at != body.length() - 1 || !body.endsWith("]")) {
      return EnumSet.of(Mistake.WRONG_ROW);
    }
    ages.addOfAnswer(mistakes, answer);
    return mistakes;
  }

  private void addOfRow(Set<Mistake> mistakes, Answered answer, Rows.Shown row) {
    if (!truth.hadRow(row.id(), row.version(), answer.receivedAt())) {
      mistakes.add(Mistake.WRONG_ROW);
      return;
    }
    ages.addOfPart(
        mistakes,
        answer,
        since -> truth.hadRow(row.id(), row.version(), since, answer.receivedAt()));
  }

  /** An address has its block's number as an id does, and is with somebody while that is there. */
  private void addOfAbsence(Set<Mistake> mistakes, Answered answer, int number) {
    if (!truth.wasAbsent(number, answer.sentAt() - absenceNanos, answer.receivedAt())) {
      mistakes.add(Mistake.WRONG_ABSENCE);
    }
  }
}
