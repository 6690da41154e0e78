package io.papi.chaos;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Holds answers against the truth.
 *
 * <p>An answer that was given after {@code sentAt} with a row that was fresh is of a read after
 * {@code sentAt - fresh}, and so the row was in the table at a moment after that; likewise for
 * {@code Age} and for the stale time. Times are only ever taken so that the service has the benefit
 * of the doubt. Thread-safe.
 */
final class AnswerCheck {
  private final Rows rows;
  private final Truth truth;
  private final long freshNanos;
  private final long staleNanos;
  private final long negativeNanos;
  private final long slackNanos;

  AnswerCheck(Rows rows, Truth truth, Freshness freshness) {
    this.rows = rows;
    this.truth = truth;
    this.freshNanos = freshness.fresh().toNanos();
    this.staleNanos = freshNanos + freshness.stale().toNanos();
    this.negativeNanos = freshness.negative().toNanos();
    this.slackNanos = freshness.slack().toNanos();
  }

  /** All that is wrong with an answer. */
  Set<Mistake> mistakes(Answered answer) {
    Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
    String body = answer.body();
    int at = 1;
    for (int id : answer.ids()) {
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
    if (!answer.marked() && TimeUnit.SECONDS.toNanos(answer.age()) >= freshNanos) {
      mistakes.add(Mistake.UNMARKED_STALE);
    }
    long took = answer.receivedAt() - answer.sentAt();
    if (TimeUnit.SECONDS.toNanos(answer.age()) > staleNanos + took + slackNanos) {
      mistakes.add(Mistake.TOO_OLD);
    }
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
    if (!hadRow(answer, id, number, TimeUnit.SECONDS.toNanos(answer.age() + 1))) {
      mistakes.add(Mistake.FALSE_AGE);
    }
    if (!answer.marked() && !hadRow(answer, id, number, freshNanos)) {
      mistakes.add(Mistake.UNMARKED_STALE);
    }
    if (!hadRow(answer, id, number, staleNanos)) {
      mistakes.add(Mistake.TOO_OLD);
    }
  }

  private boolean hadRow(Answered answer, int id, long version, long mostAge) {
    return truth.hadRow(id, version, answer.sentAt() - mostAge - slackNanos, answer.receivedAt());
  }

  private void addOfAbsence(Set<Mistake> mistakes, Answered answer, int id) {
    long earliest = answer.sentAt() - negativeNanos - slackNanos;
    if (!truth.wasAbsent(id, earliest, answer.receivedAt())) {
      mistakes.add(Mistake.WRONG_ABSENCE);
    }
  }
}
