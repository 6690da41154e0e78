package io.papi.chaos;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Holds how old answers are against what they say, and against how old they may be.
 *
 * <p>An answer that was given after {@code sentAt} and was fresh is of a read after {@code sentAt -
 * fresh}, and so the table was like that at a moment after that; likewise for {@code Age} and for
 * the stale time. Times are only ever taken so that the service has the benefit of the doubt.
 * Immutable.
 */
final class AgeCheck {
  private final long freshNanos;
  private final long staleNanos;
  private final long slackNanos;

  AgeCheck(Freshness freshness) {
    this.freshNanos = freshness.fresh().toNanos();
    this.staleNanos = freshNanos + freshness.stale().toNanos();
    this.slackNanos = freshness.slack().toNanos();
  }

  /** Adds what is wrong with what an answer says. */
  void addOfAnswer(Set<Mistake> mistakes, Answered answer) {
    long age = TimeUnit.SECONDS.toNanos(answer.age());
    if (!answer.marked() && age >= freshNanos) {
      mistakes.add(Mistake.UNMARKED_STALE);
    }
    long took = answer.receivedAt() - answer.sentAt();
    if (age > staleNanos + took + slackNanos) {
      mistakes.add(Mistake.TOO_OLD);
    }
  }

  /**
   * Adds what is wrong with a part of an answer.
   *
   * @param wasSince whether the table can have been like that between a moment and the answer
   */
  void addOfPart(Set<Mistake> mistakes, Answered answer, LongPredicate wasSince) {
    if (!wasSince.test(earliest(answer, TimeUnit.SECONDS.toNanos(answer.age() + 1)))) {
      mistakes.add(Mistake.FALSE_AGE);
    }
    if (!answer.marked() && !wasSince.test(earliest(answer, freshNanos))) {
      mistakes.add(Mistake.UNMARKED_STALE);
    }
    if (!wasSince.test(earliest(answer, staleNanos))) {
      mistakes.add(Mistake.TOO_OLD);
    }
  }

  private long earliest(Answered answer, long mostAge) {
    return answer.sentAt() - mostAge - slackNanos;
  }
}
