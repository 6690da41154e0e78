package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimeTest {
  private static final Key KEY = new Key("7");
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final Duration STALE = Duration.ofHours(1);
  private static final Duration STALE_AFTER = Duration.ofMillis(150);
  private static final Duration NEGATIVE = Duration.ofSeconds(30);
  private static final double JITTER = 0.1;

  private static final long READ_AT = 1_000_000_000_000L;
  private static final Found ROW = Outcomes.found(KEY, 1, READ_AT);
  private static final Known ABSENCE = Outcomes.absent(READ_AT);
  private static final Known UNREADABLE = Outcomes.unreadable(READ_AT);

  private final Lifetime exact = lifetime(0, 1);
  private final Lifetime jittered = lifetime(JITTER, 1);

  @Test
  void freshLeft_row_isTheFreshTimeThatRemains() {
    assertThat(exact.freshLeft(KEY, ROW, READ_AT)).isEqualTo(FRESH.toNanos());
    assertThat(exact.freshLeft(KEY, ROW, at(FRESH) - 1)).isOne();
    assertThat(exact.freshLeft(KEY, ROW, at(FRESH))).isZero();
    assertThat(exact.freshLeft(KEY, ROW, at(FRESH) + 1)).isEqualTo(-1);
  }

  @Test
  void freshLeft_absentOrUnreadable_isTheNegativeTimeThatRemains() {
    for (Known known : Set.of(ABSENCE, UNREADABLE)) {
      assertThat(exact.freshLeft(KEY, known, READ_AT)).isEqualTo(NEGATIVE.toNanos());
      assertThat(exact.freshLeft(KEY, known, at(NEGATIVE) - 1)).isOne();
      assertThat(exact.freshLeft(KEY, known, at(NEGATIVE))).isZero();
    }
  }

  @Test
  void freshLeft_jittered_isShorterByAtMostTheJitterAndNeverLonger() {
    long shortest = (long) (FRESH.toNanos() * (1 - JITTER)) - 1;
    Set<Long> different = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Key key = new Key(Integer.toString(i));
      long left = jittered.freshLeft(key, ROW, READ_AT);
      assertThat(left).isBetween(shortest, FRESH.toNanos());
      different.add(left);
    }
    // scattered over the whole range, not a few steps
    assertThat(different).hasSizeGreaterThan(9_000);
    assertThat(different).anyMatch(left -> left < shortest + FRESH.toNanos() / 1_000);
    assertThat(different).anyMatch(left -> left > FRESH.toNanos() - FRESH.toNanos() / 1_000);
  }

  @Test
  void freshLeft_jittered_shortensAbsencesToo() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(jittered.freshLeft(new Key("key " + i), ABSENCE, READ_AT))
          .isBetween((long) (NEGATIVE.toNanos() * (1 - JITTER)) - 1, NEGATIVE.toNanos());
    }
  }

  @Test
  void freshLeft_sameSeed_isTheSameForAKey_otherSeedsDiffer() {
    long left = jittered.freshLeft(KEY, ROW, READ_AT);
    assertThat(lifetime(JITTER, 1).freshLeft(new Key("7"), ROW, READ_AT)).isEqualTo(left);

    Set<Long> different = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      different.add(lifetime(JITTER, seed).freshLeft(KEY, ROW, READ_AT));
    }
    assertThat(different).hasSizeGreaterThan(90);
  }

  @Test
  void answers_fresh_untilTheFreshTimeEnds() {
    assertThat(exact.answers(KEY, ROW, anyAge(), READ_AT)).isTrue();
    assertThat(exact.answers(KEY, ROW, anyAge(), at(FRESH) - 1)).isTrue();
    assertThat(exact.answers(KEY, ROW, anyAge(), at(FRESH))).isFalse();
    assertThat(exact.answers(KEY, ABSENCE, anyAge(), at(NEGATIVE) - 1)).isTrue();
    assertThat(exact.answers(KEY, ABSENCE, anyAge(), at(NEGATIVE))).isFalse();
  }

  @Test
  void answers_youngerNeeded_doesNot() {
    assertThat(exact.answers(KEY, ROW, notOlderThan(READ_AT), at(NEGATIVE))).isTrue();
    assertThat(exact.answers(KEY, ROW, notOlderThan(READ_AT + 1), at(NEGATIVE))).isFalse();
  }

  @Test
  void standsIn_row_untilTheStaleTimeEnds() {
    assertThat(exact.standsIn(ROW, READ_AT)).isTrue();
    assertThat(exact.standsIn(ROW, at(FRESH))).isTrue();
    assertThat(exact.standsIn(ROW, at(FRESH.plus(STALE)) - 1)).isTrue();
    assertThat(exact.standsIn(ROW, at(FRESH.plus(STALE)))).isFalse();
  }

  @Test
  void standsIn_absentOrUnreadable_never() {
    assertThat(exact.standsIn(ABSENCE, READ_AT)).isFalse();
    assertThat(exact.standsIn(UNREADABLE, READ_AT)).isFalse();
  }

  @Test
  void remaining_row_isTheFreshAndStaleTimeThatRemain() {
    assertThat(exact.remaining(ROW, READ_AT)).isEqualTo(FRESH.plus(STALE).toNanos());
    assertThat(exact.remaining(ROW, at(FRESH.plus(STALE)))).isZero();
    assertThat(exact.remaining(ROW, at(FRESH.plus(STALE)) + 1)).isEqualTo(-1);
  }

  @Test
  void remaining_absentOrUnreadable_isTheNegativeTimeThatRemains() {
    assertThat(exact.remaining(ABSENCE, READ_AT)).isEqualTo(NEGATIVE.toNanos());
    assertThat(exact.remaining(UNREADABLE, at(NEGATIVE))).isZero();
  }

  @Test
  void remaining_jittered_isNotShortened() {
    assertThat(jittered.remaining(ROW, READ_AT)).isEqualTo(FRESH.plus(STALE).toNanos());
  }

  @Test
  void notFresh_young_isPutPastTheFreshTime() {
    long now = at(Duration.ofSeconds(1));
    long readAt = exact.notFresh(READ_AT, now);

    assertThat(readAt).isLessThan(READ_AT);
    assertThat(exact.answers(KEY, Outcomes.found(KEY, 1, readAt), anyAge(), now)).isFalse();
    assertThat(exact.standsIn(Outcomes.found(KEY, 1, readAt), now)).isTrue();
    // the ttl of an answer is in whole seconds: a negative one needs one
    assertThat(exact.freshLeft(KEY, Outcomes.found(KEY, 1, readAt), now))
        .isLessThanOrEqualTo(-Duration.ofSeconds(1).toNanos());
  }

  @Test
  void notFresh_olderAlready_staysAsOldAsItIs() {
    assertThat(exact.notFresh(READ_AT, at(FRESH.plusSeconds(2)))).isEqualTo(READ_AT);
    assertThat(exact.notFresh(READ_AT, at(FRESH.plus(STALE)))).isEqualTo(READ_AT);
  }

  /** The ticker may stand anywhere, and pass the end of its numbers. */
  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 100_000_000_000L})
  void freshLeft_tickerAnywhere_countsOn(long readAt) {
    Found row = Outcomes.found(KEY, 1, readAt);
    assertThat(exact.freshLeft(KEY, row, readAt + FRESH.toNanos() - 1)).isOne();
    assertThat(exact.remaining(row, readAt + FRESH.toNanos())).isEqualTo(STALE.toNanos());
    assertThat(exact.notFresh(readAt, readAt + 2 * FRESH.toNanos())).isEqualTo(readAt);
  }

  @Test
  void staleAfter_isTheDatasets() {
    assertThat(exact.staleAfter()).isEqualTo(STALE_AFTER);
  }

  private static Lifetime lifetime(double jitter, int seed) {
    return new Lifetime(new Freshness(FRESH, STALE, STALE_AFTER, NEGATIVE, jitter), seed);
  }

  private static long at(Duration sinceRead) {
    return READ_AT + sinceRead.toNanos();
  }

  private static Need anyAge() {
    return notOlderThan(READ_AT - Duration.ofDays(1).toNanos());
  }

  private static Need notOlderThan(long readAt) {
    return new Need(READ_AT, readAt, new Deadline(READ_AT));
  }
}
