package io.papi.loadtest.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExcessTest {
  @ParameterizedTest
  @CsvSource({"25, 20, 500, 16", "30, 20, 600, 14", "20, 100, 400, 100", "2000, 1, 40000, 1"})
  void of_limits_isTwentyTimesBoth(int requests, int storeIds, int perSecond, int ids) {
    assertThat(Excess.of(20, requests, storeIds)).isEqualTo(new Excess(perSecond, ids));
  }

  @Test
  void of_moreIdsThanARequestHas_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Excess.of(20, 19, 100))
        .withMessage(
            "19 requests a second have no room for 20 times 100 ids: one has 100 at the most");
  }
}
