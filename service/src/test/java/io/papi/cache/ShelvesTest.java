package io.papi.cache;

import static io.papi.testing.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import io.papi.lookup.ShelfContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two near caches as one shelf. */
final class ShelvesTest extends ShelfContract {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          0);
  private final NearCache first = cache("first");
  private final NearCache second = cache("second");
  private final Shelves shelves = new Shelves(List.of(first, second));

  @Override
  protected Shelf shelf() {
    return shelves;
  }

  @Override
  protected Optional<Known> held(Key key) {
    return shelves.peek(key, caller());
  }

  @Test
  void keep_known_isOnAllShelves() {
    shelves.keep(Map.of(ONE, found("one")));

    assertThat(first.peek(ONE, caller())).isPresent();
    assertThat(second.peek(ONE, caller())).isPresent();
  }

  @Test
  void peek_onSeveralShelves_isTheFirsts() {
    second.keep(Map.of(ONE, found("of the second")));
    assertThat(text(shelves.peek(ONE, caller()).orElseThrow())).isEqualTo("of the second");

    first.keep(Map.of(ONE, found("of the first")));
    assertThat(text(shelves.peek(ONE, caller()).orElseThrow())).isEqualTo("of the first");
  }

  @Test
  void invalidate_oneHasNotConfirmed_isToldToAllAndNotConfirmed() {
    Shelf doubtful = new Doubtful();
    second.keep(Map.of(ONE, found("one")));

    assertThat(new Shelves(List.of(doubtful, second)).invalidate(Set.of(ONE), soon())).isFalse();

    assertThat(second.peek(ONE, caller())).isEmpty();
  }

  private NearCache cache(String dataset) {
    return new NearCache(dataset, new NearSettings(1 << 20, 1), lifetime, meters, ticker);
  }

  /** A shelf that never confirms. */
  private static final class Doubtful implements Shelf {
    @Override
    public Optional<Known> peek(Key key, Need need) {
      return Optional.empty();
    }

    @Override
    public void keep(Map<Key, Known> outcomes) {}

    @Override
    public boolean invalidate(Set<Key> keys, Deadline deadline) {
      return false;
    }
  }
}
