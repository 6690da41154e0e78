package io.papi.cache;

import static io.papi.testing.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.cache.RowCache.Reading;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.ShelfContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link RowCache}. Of the one under test rows are fresh for {@link #FRESH}.
 */
public abstract class RowCacheContract extends ShelfContract {
  protected static final Duration FRESH = Duration.ofMinutes(3);

  @Override
  protected abstract RowCache shelf();

  /** Waits until all that the cache was told has taken effect. */
  protected void settle() {}

  @Override
  protected final Optional<Known> held(Key key) {
    settle();
    return Optional.ofNullable(read(Set.of(key)).held().apply(key));
  }

  @Test
  public void read_someHeld_hasThoseAndNoOthers() {
    shelf().keep(Map.of(ONE, found("one")));
    settle();

    Reading reading = read(Set.of(ONE, TWO));

    assertThat(text(reading.held().apply(ONE))).isEqualTo("one");
    assertThat(reading.held().apply(TWO)).isNull();
    assertThat(reading.nanos()).isNotNegative();
  }

  @Test
  public void read_held_comesFromThisLayer() {
    shelf().keep(Map.of(ONE, found("one")));

    assertThat(held(ONE).orElseThrow().origin().layer()).isEqualTo(shelf().layer());
  }

  @Test
  public void read_pastItsFreshTime_isStillHeld() {
    shelf().keep(Map.of(ONE, found("one")));
    settle();
    ticker.advance(FRESH.plusSeconds(1));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("one");
    assertThat(shelf().peek(ONE, caller())).isEmpty();
  }

  @Test
  public void read_noKeys_holdsNothing() {
    assertThat(read(Set.of()).held().apply(ONE)).isNull();
  }

  private Reading read(Set<Key> keys) {
    return shelf().read(keys, soon()).orElseThrow();
  }
}
