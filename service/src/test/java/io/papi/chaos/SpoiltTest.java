package io.papi.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpoiltTest {
  private final Spoilt spoilt = new Spoilt(200);

  @Test
  void was_onlyWhatIsSpoilt_andOnlyThen() throws Exception {
    long before = System.nanoTime();
    try (AutoCloseable _ = spoilt.begin()) {
      assertThat(spoilt.was(1, before, System.nanoTime())).isTrue();
      assertThat(spoilt.was(98, before, System.nanoTime())).isTrue();
      assertThat(spoilt.was(2, before, System.nanoTime())).isFalse();
      assertThat(spoilt.was(1, before - 2, before - 1)).isFalse();
    }
    long after = System.nanoTime() + 1;
    assertThat(spoilt.was(1, before, after)).isTrue();
    assertThat(spoilt.was(1, after, after + 1)).isFalse();
    assertThat(spoilt.keys()).containsExactlyInAnyOrder("1", "98", "195");
  }
}
