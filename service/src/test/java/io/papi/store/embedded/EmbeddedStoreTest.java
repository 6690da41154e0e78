package io.papi.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.StoreIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EmbeddedStoreTest {

  @Test
  void identity_sameRows_isTheSame_whateverTheLatency() {
    assertThat(identity(new EmbeddedSettings(100, Latency.NONE, 1)))
        .isEqualTo(
            identity(
                new EmbeddedSettings(
                    100, new Latency(Duration.ofMillis(1), Duration.ofMillis(1)), 4)));
  }

  @Test
  void identity_moreRows_isAnother() {
    assertThat(identity(new EmbeddedSettings(100, Latency.NONE, 1)))
        .isNotEqualTo(identity(new EmbeddedSettings(101, Latency.NONE, 1)));
  }

  private static StoreIdentity identity(EmbeddedSettings settings) {
    try (EmbeddedStore store = EmbeddedStore.load(settings)) {
      return store.identity();
    }
  }
}
