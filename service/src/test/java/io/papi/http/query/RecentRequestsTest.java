package io.papi.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Key;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
  private static final Asked ONE = new Asked(new Key("a=1"), Optional.empty(), Long.MAX_VALUE);
  private static final Asked TWO = new Asked(new Key("a=2"), Optional.empty(), Long.MAX_VALUE);

  private final RecentRequests recent = new RecentRequests();

  @Test
  void of_sameRequest_isReadOnce() {
    assertThat(recent.of(request("/r?a=1"), () -> ONE)).isSameAs(ONE);
    assertThat(recent.of(request("/r?a=1"), () -> TWO)).isSameAs(ONE);
  }

  @Test
  void of_anotherRequest_isReadByItself() {
    assertThat(recent.of(request("/r?a=1"), () -> ONE)).isSameAs(ONE);
    assertThat(recent.of(request("/r?a=%31"), () -> TWO)).isSameAs(TWO);
    assertThat(recent.of(request("/r"), () -> TWO)).isSameAs(TWO);
    assertThat(recent.of(request("/s?a=1"), () -> TWO)).isSameAs(TWO);
  }

  @Test
  void of_refused_isReadAgain() {
    HttpPrologue request = request("/r?a=x");
    assertThatThrownBy(
            () ->
                recent.of(
                    request,
                    () -> {
                      throw new ProblemException(Problem.badRequest("a is x"));
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(recent.of(request, () -> ONE)).isSameAs(ONE);
  }

  @Test
  void of_anyNumberOfRequests_isBounded() {
    for (int i = 0; i < 5_000; i++) {
      recent.of(request("/r?a=" + i), () -> ONE);
    }
    assertThat(recent.size()).isLessThanOrEqualTo(1_000);
    recent.of(request("/r?a=" + "9".repeat(10_000)), () -> ONE);
    assertThat(recent.of(request("/r?a=" + "9".repeat(10_000)), () -> TWO)).isSameAs(TWO);
  }

  private static HttpPrologue request(String target) {
    return HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.GET, target, false);
  }
}
