package io.papi.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedHeadersTest {
  private static final HeaderName CACHE_STATUS = HeaderNames.create("Cache-Status");

  private final WritableHeaders<?> headers = WritableHeaders.create();

  @Test
  void addTo_joined_areLinesOfTheirOwnInOneValue() {
    JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json")
        .and(CACHE_STATUS, "near; hit")
        .addTo(headers);
    assertThat(headers).hasSize(1);
    assertThat(headers.get(HeaderNames.CONTENT_TYPE).get())
        .isEqualTo("application/json\r\nCache-Status: near; hit");
  }

  @Test
  void separated_joinedAndPlain_areEachByItself() {
    JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json")
        .and(HeaderNames.CACHE_CONTROL, "no-store")
        .and(CACHE_STATUS, "redis; fwd=miss, near; fwd=miss; detail=\"7/10\"")
        .constant()
        .addTo(headers);
    headers.set(HeaderNames.AGE, "12");
    assertThat(JoinedHeaders.separated(headers))
        .extracting(Header::name, Header::get)
        .containsExactlyInAnyOrder(
            tuple("Content-Type", "application/json"),
            tuple("Cache-Control", "no-store"),
            tuple("Cache-Status", "redis; fwd=miss, near; fwd=miss; detail=\"7/10\""),
            tuple("Age", "12"));
  }

  @Test
  void open_value_isTheLastLine() {
    JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json")
        .open(CACHE_STATUS)
        .addTo(headers, "near; hit");
    assertThat(headers.get(HeaderNames.CONTENT_TYPE).get())
        .isEqualTo("application/json\r\nCache-Status: near; hit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "\n", "\r\n"})
  void and_lineBreakInAValue_isRefused(String value) {
    JoinedHeaders joined = JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json");
    assertThatThrownBy(() -> joined.and(CACHE_STATUS, value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> joined.open(CACHE_STATUS).addTo(headers, value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JoinedHeaders.of(CACHE_STATUS, value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
