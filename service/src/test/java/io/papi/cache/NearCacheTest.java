package io.papi.cache;

import static io.papi.testing.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NearCacheTest extends RowCacheContract {
  private static final Duration STALE = Duration.ofHours(1);
  private static final Duration NEGATIVE = Duration.ofSeconds(30);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final long MAX_BYTES = 64 << 10;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final NearCache cache =
      new NearCache(
          "test",
          new NearSettings(MAX_BYTES, 1),
          new Lifetime(new Freshness(FRESH, STALE, Duration.ofMillis(150), NEGATIVE, 0), 0),
          meters,
          ticker);

  @Override
  protected RowCache shelf() {
    return cache;
  }

  @Test
  void peek_kept_comesFromTheNearCache() {
    keep(ONE, found("one"));

    Known peeked = cache.peek(ONE, caller()).orElseThrow();

    assertThat(text(peeked)).isEqualTo("one");
    assertThat(peeked.origin()).isEqualTo(Origin.of(Layer.NEAR, 0));
    assertThat(peeked.readAt()).isEqualTo(ticker.nanos());
  }

  @Test
  void peek_endOfFreshTime_isEmpty() {
    keep(ONE, found("one"));
    ticker.advance(FRESH.minus(NANO));
    assertThat(cache.peek(ONE, caller())).isPresent();

    ticker.advance(NANO);
    assertThat(cache.peek(ONE, caller())).isEmpty();
  }

  @Test
  void peek_endOfNegativeTime_isEmpty() {
    keep(ONE, Outcomes.absent(ticker.nanos()));
    keep(TWO, Outcomes.unreadable(ticker.nanos()));
    ticker.advance(NEGATIVE.minus(NANO));
    assertThat(cache.peek(ONE, caller())).isPresent();
    assertThat(cache.peek(TWO, caller())).containsInstanceOf(Unreadable.class);

    ticker.advance(NANO);
    assertThat(cache.peek(ONE, caller())).isEmpty();
    assertThat(cache.peek(TWO, caller())).isEmpty();
  }

  @Test
  void peek_asOldAsNeeded_isHeld() {
    keep(ONE, found("one"));
    ticker.advance(Duration.ofSeconds(4));

    assertThat(cache.peek(ONE, need(Duration.ofSeconds(4)))).isPresent();
    assertThat(cache.peek(ONE, need(Duration.ofSeconds(4).minus(NANO)))).isEmpty();
  }

  @Test
  void read_endOfStaleTime_isNotHeld() {
    keep(ONE, found("one"));
    ticker.advance(FRESH.plus(STALE).minus(NANO));
    assertThat(held(ONE)).isPresent();

    ticker.advance(NANO);
    assertThat(held(ONE)).isEmpty();
  }

  @Test
  void read_endOfNegativeTime_isNotHeld() {
    keep(ONE, Outcomes.absent(ticker.nanos()));
    ticker.advance(NEGATIVE);

    assertThat(held(ONE)).isEmpty();
  }

  @Test
  void keep_readSomeTimeAgo_livesFromItsReadTime() {
    Found known = found("one");
    ticker.advance(FRESH.minus(NANO));
    keep(ONE, known);
    assertThat(cache.peek(ONE, caller())).isPresent();

    ticker.advance(NANO);
    assertThat(cache.peek(ONE, caller())).isEmpty();
    ticker.advance(STALE);
    assertThat(held(ONE)).isEmpty();
  }

  @Test
  void keep_pastItsLife_isNotHeld() {
    Found known = found("one");
    ticker.advance(FRESH.plus(STALE));
    keep(ONE, known);

    assertThat(held(ONE)).isEmpty();
  }

  @Test
  void keep_younger_livesFromItsOwnReadTime() {
    keep(ONE, found("older"));
    ticker.advance(FRESH);
    keep(ONE, found("younger"));
    ticker.advance(FRESH.minus(NANO));

    assertThat(text(cache.peek(ONE, caller()).orElseThrow())).isEqualTo("younger");
  }

  @Test
  void keep_older_doesNotShortenTheLifeOfTheYounger() {
    Found older = found("older");
    ticker.advance(FRESH);
    keep(ONE, found("younger"));
    keep(ONE, older);
    ticker.advance(FRESH.plus(STALE).minus(NANO));

    assertThat(held(ONE).map(Outcomes::text)).contains("younger");
  }

  @Test
  void keep_sameReadTime_theFirstStays() {
    keepInOrder(ONE, found("first"), found("second"));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("first");
  }

  @Test
  void keep_moreThanThereIsRoomFor_evictsSome() {
    String text = "x".repeat(1_000);
    for (int i = 0; i < 1_000; i++) {
      keep(new Key("key " + i), found(text));
    }

    int held = held("key ", 1_000);
    assertThat(held).isPositive();
    assertThat(held * 1_000L).isLessThanOrEqualTo(MAX_BYTES);
    assertThat(meters.get("cache.size").tags("cache", "near", "dataset", "test").gauge().value())
        .isEqualTo(held);
  }

  @Test
  void keep_manyThatNobodyAsksFor_thoseThatAreAskedForStay() {
    String text = "x".repeat(1_000);
    for (int i = 0; i < 20; i++) {
      keep(new Key("asked " + i), found(text));
    }
    for (int i = 0; i < 1_000; i++) {
      keep(new Key("other " + i), found(text));
      for (int asked = 0; asked < 20; asked++) {
        var _ = cache.peek(new Key("asked " + asked), caller());
      }
    }

    assertThat(held("asked ", 20)).isGreaterThan(15);
  }

  @Test
  void keep_emptyRowsAndAbsences_takeRoomToo() {
    for (int i = 0; i < 2_000; i++) {
      keep(new Key("row " + i), found(""));
      keep(new Key("absence " + i), Outcomes.absent(ticker.nanos()));
    }

    // no entry takes less than 100 bytes of a heap
    assertThat(held("row ", 2_000) + held("absence ", 2_000)).isBetween(1, (int) MAX_BYTES / 100);
  }

  @Test
  void keep_longKeys_takeRoomToo() {
    String prefix = "\u0138".repeat(1_000);
    for (int i = 0; i < 200; i++) {
      keep(new Key(prefix + i), Outcomes.absent(ticker.nanos()));
    }

    // a character beyond 255 takes two bytes
    assertThat(held(prefix, 200)).isBetween(1, (int) MAX_BYTES / 2_000);
  }

  @Test
  void keep_rowThatFillsTheCache_isNotHeld() {
    keep(TWO, found("two"));
    keep(ONE, found("x".repeat((int) MAX_BYTES)));

    assertThat(held(ONE)).isEmpty();
    assertThat(held(TWO)).isPresent();
  }

  /** Answers of queries may be larger than all of it. */
  @Test
  void keep_rowsFarLargerThanTheCache_doNoHarm() {
    for (int i = 0; i < 20; i++) {
      keep(new Key("small " + i), found("small"));
    }
    double weight = weight();
    String megabytes = "x".repeat(4 << 20);
    for (int i = 0; i < 50; i++) {
      keep(ONE, found(megabytes));
      ticker.advance(NANO);
      assertThat(cache.peek(ONE, caller())).isEmpty();
    }

    assertThat(held("small ", 20)).isEqualTo(20);
    assertThat(weight()).isEqualTo(weight);
    assertThat(meters.counter("papi.near.evicted", "dataset", "test").count()).isEqualTo(50);
  }

  /** What was there is older. */
  @Test
  void keep_rowLargerThanTheCacheInPlaceOfAnother_leavesNeither() {
    keep(ONE, found("older"));
    assertThat(cache.peek(ONE, caller())).isPresent();
    ticker.advance(NANO);
    keep(ONE, found("x".repeat(4 << 20)));

    assertThat(held(ONE)).isEmpty();
    assertThat(weight()).isZero();
    assertThat(cache.due(ticker.nanos() + FRESH.toNanos() * 2)).isEmpty();
  }

  @Test
  void invalidate_severalKeys_areGoneAtOnce() {
    keep(ONE, found("one"));
    keep(TWO, Outcomes.absent(ticker.nanos()));

    assertThat(cache.invalidate(Set.of(ONE, TWO), soon())).isTrue();

    assertThat(held(ONE)).isEmpty();
    assertThat(held(TWO)).isEmpty();
  }

  @Test
  void keep_readJustAfterItWasInvalidated_isHeld() {
    cache.invalidate(Set.of(ONE), soon());
    ticker.advance(NANO);
    keep(ONE, found("after"));

    assertThat(held(ONE).map(Outcomes::text)).contains("after");
  }

  private double weight() {
    return meters.get("papi.near.memory.used").tag("dataset", "test").gauge().value();
  }

  private void keep(Key key, Known known) {
    cache.keep(Map.of(key, known));
  }

  /** How many keys with this prefix and a number below {@code end} are held. */
  private int held(String prefix, int end) {
    int held = 0;
    for (int i = 0; i < end; i++) {
      Optional<Known> known = held(new Key(prefix + i));
      held += known.isPresent() ? 1 : 0;
    }
    return held;
  }
}
