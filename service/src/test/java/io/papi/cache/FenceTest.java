package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Key;
import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FenceTest {
  private static final Key KEY = new Key("7");
  private static final Key OTHER = new Key("8");

  private final ManualTicker ticker = new ManualTicker();
  private final Fence fence = new Fence(ticker);

  @Test
  void admits_neverInvalidated_admitsHoweverOld() {
    assertThat(fence.admits(KEY, ticker.nanos() - Duration.ofDays(9_999).toNanos())).isTrue();
  }

  @Test
  void admits_invalidated_onlyWhatIsReadLater() {
    long before = ticker.nanos() - 1;
    fence.raise(Set.of(KEY));
    assertThat(fence.admits(KEY, before)).isFalse();
    assertThat(fence.admits(KEY, ticker.nanos())).isFalse();
    assertThat(fence.admits(KEY, ticker.nanos() + 1)).isTrue();
    assertThat(fence.admits(OTHER, before)).isTrue();
  }

  @Test
  void admits_invalidatedAgain_onlyWhatIsReadAfterTheLast() {
    fence.raise(Set.of(KEY));
    ticker.advance(Duration.ofSeconds(1));
    long between = ticker.nanos() - 1;
    fence.raise(Set.of(KEY));
    assertThat(fence.admits(KEY, between)).isFalse();
  }

  @Test
  void raise_moreKeysThanItRemembers_holdsAgainstAll() {
    fence.raise(Set.of(KEY));
    ticker.advance(Duration.ofSeconds(1));
    long before = ticker.nanos() - 1;
    Set<Key> many = new HashSet<>();
    for (int i = 1_000; i < 11_000; i++) {
      many.add(new Key(Integer.toString(i)));
    }
    fence.raise(many);
    assertThat(fence.admits(KEY, before)).isFalse();
    assertThat(fence.admits(new Key("1000"), before)).isFalse();
    assertThat(fence.admits(OTHER, before)).isFalse();
    assertThat(fence.admits(OTHER, ticker.nanos() + 1)).isTrue();
  }
}
