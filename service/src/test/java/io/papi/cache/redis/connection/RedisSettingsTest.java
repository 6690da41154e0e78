package io.papi.cache.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisSettingsTest {

  @Test
  void toString_withPassword_hidesIt() {
    RedisSettings settings =
        RedisSettings.of(
            "rediss://papi:s3cret@cache.example:6380/2", Duration.ofMillis(50), 10_000);

    assertThat(settings.toString())
        .startsWith("rediss://cache.example:6380/2")
        .doesNotContain("s3cret");
  }

  @Test
  void of_encodedPassword_isDecoded() {
    RedisSettings settings =
        RedisSettings.of("redis://papi:a%3Ab%40c@localhost", Duration.ofMillis(50), 10_000);

    assertThat(settings.server().user()).contains("papi");
    assertThat(settings.server().password()).contains("a:b@c");
    assertThat(settings.server().port()).isEqualTo(6379);
    assertThat(settings.server().database()).isZero();
  }

  @Test
  void of_passwordAlone_hasNoUser() {
    RedisSettings settings =
        RedisSettings.of("redis://:pw@localhost:7000/3", Duration.ofMillis(50), 10_000);

    assertThat(settings.server().user()).isEmpty();
    assertThat(settings.server().password()).contains("pw");
    assertThat(settings.server().database()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://:s3cret@localhost",
        "redis://:s3cret@",
        "redis://:s3cret@local host",
        "redis://:s3cret@localhost/customers",
        "localhost:6379",
        ""
      })
  void of_unusable_throwsWithoutThePassword(String uri) {
    assertThatThrownBy(() -> RedisSettings.of(uri, Duration.ofMillis(50), 10_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uri")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"50, 200", "20, 200", "100, 400", "10000, 10000"})
  void forLargeValues_sameServer_hasMoreTimeAndFewerKeys(int millis, int large) {
    RedisSettings settings =
        RedisSettings.of("redis://:pw@localhost:7000/3", Duration.ofMillis(millis), 10_000);

    assertThat(settings.forLargeValues(32_768))
        .isEqualTo(new RedisSettings(settings.uri(), Duration.ofMillis(large), 8, 32_768));
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, 0, 1, 1",
    "timeout, 10001, 1, 1",
    "maxKeys, 50, 0, 1",
    "maxKeys, 50, 10001, 1",
    "writeBackBound, 50, 1, 0",
    "writeBackBound, 50, 1, 1000001"
  })
  void new_outOfRange_namesTheField(String field, int millis, int keys, int bound) {
    URI uri = URI.create("redis://localhost");

    assertThatThrownBy(() -> new RedisSettings(uri, Duration.ofMillis(millis), keys, bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field);
  }
}
