package io.papi.loadtest.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class RenewedTokenTest {
  private final Queue<Runnable> background = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private boolean failing;
  private int fetched;

  private final RenewedToken token = new RenewedToken(this::fetch, () -> now, background::add);

  @Test
  void token_withinFiftyMinutes_isTheFirst() {
    assertToken(1);
    pass(Duration.ofMinutes(50).minusNanos(1));

    assertToken(1);
    assertThat(background).isEmpty();
  }

  @Test
  void token_afterFiftyMinutes_isRenewedInTheBackground() {
    assertToken(1);
    pass(Duration.ofMinutes(50));

    assertToken(1);
    assertToken(1);
    assertThat(background).hasSize(1);
    background.remove().run();
    assertToken(2);
  }

  @Test
  void token_renewed_isGoodForFiftyMinutesMore() {
    assertToken(1);
    pass(Duration.ofMinutes(50));
    assertToken(1);
    background.remove().run();
    pass(Duration.ofMinutes(50).minusNanos(1));

    assertToken(2);
    assertThat(background).isEmpty();
  }

  @Test
  void token_afterItsLife_isFetchedAtOnce() {
    assertToken(1);
    pass(Duration.ofMinutes(59));

    assertToken(2);
  }

  @Test
  void token_renewalFails_isTriedAgainWhileTheOldOneIsGood() {
    assertToken(1);
    pass(Duration.ofMinutes(50));
    failing = true;
    assertToken(1);
    background.remove().run();
    pass(Duration.ofSeconds(29));
    assertToken(1);
    assertThat(background).isEmpty();

    pass(Duration.ofSeconds(1));
    failing = false;
    assertToken(1);
    background.remove().run();
    assertToken(2);
  }

  @Test
  void token_noneAtFirst_failsAndIsNotAskedForAtEachCall() {
    failing = true;
    assertNone("refused");
    assertNone("there is no token, and less than 30 s since the last attempt");

    failing = false;
    pass(Duration.ofSeconds(30));
    assertToken(1);
  }

  private void assertToken(int number) {
    assertThat(token.token().text()).isEqualTo("token-" + number);
  }

  private void assertNone(String message) {
    assertThatExceptionOfType(TokenException.class).isThrownBy(token::token).withMessage(message);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private AccessToken fetch() {
    if (failing) {
      throw new TokenException("refused");
    }
    fetched++;
    return new AccessToken("token-" + fetched);
  }
}
