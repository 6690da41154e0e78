package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignInPaceTest {
  private static final String SECRET = "one";

  private final SignInPace pace = new SignInPace();
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void begin_refusedAgainAndAgain_isThreeTriesAndThenMinutes() {
    List<Long> tries = new ArrayList<>();
    // asked twice a second for an hour, as a pool does
    for (int half = 0; half < 2 * 3_600; half++) {
      if (mayTry(SECRET)) {
        tries.add(half / 2L);
        refuse();
      }
      ticker.advance(Duration.ofMillis(500));
    }
    assertThat(tries.subList(0, 3)).containsExactly(0L, 1L, 3L);
    assertThat(tries.subList(3, 7)).containsExactly(63L, 183L, 423L, 903L);
    assertThat(tries).hasSizeLessThanOrEqualTo(12);
    assertThat(SignInPace.pause(1_000_000)).isEqualTo(SignInPace.SLOWEST);
  }

  @Test
  void begin_anotherSecret_isTriedAtOnce_andHasThreeTriesItself() {
    for (int i = 0; i < 5; i++) {
      refuse();
    }
    assertThat(mayTry(SECRET)).isFalse();
    assertThat(mayTry("another")).isTrue();
    pace.refused(refusal(), "another", ticker.nanos());
    ticker.advance(Duration.ofSeconds(1));
    assertThat(mayTry("another")).isTrue();
  }

  @Test
  void begin_whileAnotherTries_isRefusedAsBefore() {
    refuse();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(mayTry(SECRET)).isTrue();
    assertThatThrownBy(() -> pace.begin(SECRET, ticker.nanos()))
        .isInstanceOf(SignInRefusedException.class)
        .hasMessage("no");
    pace.failed();
    assertThat(mayTry(SECRET)).isTrue();
  }

  @Test
  void begin_neverRefusedOrAccepted_isNeverHeldUp() {
    assertThat(mayTry(SECRET)).isTrue();
    pace.failed();
    assertThat(mayTry(SECRET)).isTrue();
    refuse();
    pace.accepted();
    assertThat(mayTry(SECRET)).isTrue();
    assertThat(mayTry(SECRET)).isTrue();
  }

  private boolean mayTry(String secret) {
    try {
      pace.begin(secret, ticker.nanos());
      return true;
    } catch (SignInRefusedException e) {
      return false;
    }
  }

  private void refuse() {
    pace.refused(refusal(), SECRET, ticker.nanos());
  }

  private static SignInRefusedException refusal() {
    return new SignInRefusedException("no", 390_100);
  }
}
