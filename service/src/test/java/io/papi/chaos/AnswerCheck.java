package io.papi.chaos;

import java.util.EnumSet;
import java.util.List;
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

  /**
   * All that is wrong with an answer.
   *
   * @param ids what was asked for, in order, each once
   */
  Set<Mistake> mistakes(List<Integer> ids, Answered answer) {
    Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
    String body = answer.body();
    int at = 1;
    for (int id : ids) {
      Rows.Text text = rows.of(id);
      int start = at > 1 && body.startsWith(",", at) ? at + 1 : at;
      if (text != null && body.startsWith(text.head(), start)) {
        int versionAt = start + text.head().length();
        int tailAt = body.indexOf(',', versionAt);
        if (tailAt < 0 || !body.startsWith(text.tail(), tailAt)) {
          return EnumSet.of(Mistake.WRONG_ROW);
        }
        addOfRow(mistakes, answer, id, body.substring(versionAt, tailAt));
        at = tailAt + text.tail().length();
      } else {
        addOfAbsence(mistakes, answer, id);
      }
    }
    if (!body.startsWith("[") || at != body.length() - 1 || !body.endsWith("]")) {
      return EnumSet.of(Mistake.WRONG_ROW);
    }
    ages.addOfAnswer(mistakes, answer);
    return mistakes;
  }

  private void addOfRow(Set<Mistake> mistakes, Answered answer, int id, String version) {
    long number;
    try {
      number = Long.parseLong(version);
    } catch (NumberFormatException e) {
      mistakes.add(Mistake.WRONG_ROW);
      return;
    }
    if (!truth.hadRow(id, number, answer.receivedAt())) {
      mistakes.add(Mistake.WRONG_ROW);
      return;
    }
    ages.addOfPart(mistakes, answer, since -> truth.hadRow(id, number, since, answer.receivedAt()));
  }

  private void addOfAbsence(Set<Mistake> mistakes, Answered answer, int id) {
    if (!truth.wasAbsent(id, answer.sentAt() - absenceNanos, answer.receivedAt())) {
      mistakes.add(Mistake.WRONG_ABSENCE);
    }
  }
}
