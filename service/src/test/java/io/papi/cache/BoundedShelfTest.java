package io.papi.cache;

import static io.papi.testing.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import io.papi.lookup.ShelfContract;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A near cache on which rows of more than a few bytes do not stand. */
final class BoundedShelfTest extends ShelfContract {
  private static final int MAX_BYTES = 12;
  private static final String JUST_FITS = "x".repeat(MAX_BYTES);
  private static final String TOO_LARGE = "x".repeat(MAX_BYTES + 1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final NearCache near =
      new NearCache(
          "near",
          new NearSettings(1 << 20, 1),
          new Lifetime(
              new Freshness(
                  Duration.ofMinutes(3),
                  Duration.ofHours(1),
                  Duration.ofMillis(150),
                  Duration.ofSeconds(30),
                  0),
              0),
          meters,
          ticker);
  private final BoundedShelf bounded = new BoundedShelf("top", near, MAX_BYTES, meters, ticker);

  @Override
  protected Shelf shelf() {
    return bounded;
  }

  @Override
  protected Optional<Known> held(Key key) {
    return bounded.peek(key, caller());
  }

  @Test
  void keep_asLargeAsTheBound_isHeld() {
    bounded.keep(Map.of(ONE, found(JUST_FITS)));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo(JUST_FITS);
    assertThat(tooLarge()).isZero();
  }

  @Test
  void keep_larger_isCountedAndNotHeldWhileOthersAre() {
    bounded.keep(Map.of(ONE, found(TOO_LARGE), TWO, found("two")));

    assertThat(held(ONE)).isEmpty();
    assertThat(text(held(TWO).orElseThrow())).isEqualTo("two");
    assertThat(tooLarge()).isOne();
  }

  /** It would be served as a stale row for as long as the answer stays too large. */
  @Test
  void keep_larger_takesAwayTheOlder() {
    bounded.keep(Map.of(ONE, found("older"), TWO, found("two")));
    ticker.advance(Duration.ofMinutes(4));
    bounded.keep(Map.of(ONE, found(TOO_LARGE)));

    assertThat(near.read(Set.of(ONE), soon()).orElseThrow().held().apply(ONE)).isNull();
    assertThat(near.read(Set.of(TWO), soon()).orElseThrow().held().apply(TWO)).isNotNull();
  }

  @Test
  void keep_smallAgain_isHeld() {
    bounded.keep(Map.of(ONE, found(TOO_LARGE)));
    ticker.advance(Duration.ofSeconds(1));
    bounded.keep(Map.of(ONE, found("small")));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("small");
  }

  @Test
  void keep_noRow_isHeldWhateverTheBound() {
    BoundedShelf none = new BoundedShelf("none", near, 0, meters, ticker);
    none.keep(Map.of(ONE, Outcomes.tooLarge(ticker.nanos())));

    assertThat(held(ONE)).isPresent();
  }

  private double tooLarge() {
    return meters.counter("papi.cache.too.large", "dataset", "top").count();
  }
}
