package io.papi.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void of_long_isItsBeginning() {
    assertThat(Shown.of("x".repeat(64))).isEqualTo("x".repeat(64));
    assertThat(Shown.of("x".repeat(65))).isEqualTo("x".repeat(64) + "…");
  }

  @Test
  void of_charactersOfTwoUnits_cutsNoneInTwo() {
    assertThat(Shown.of(SMILE.repeat(64))).isEqualTo(SMILE.repeat(64));
    assertThat(Shown.of("x" + SMILE.repeat(64))).isEqualTo("x" + SMILE.repeat(63) + "…");
  }
}
