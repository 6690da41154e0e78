package io.papi.cache.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisUriTest {

  @ParameterizedTest
  @CsvSource({
    "redis://redis_primary, redis_primary, 6379",
    "redis://:pw@redis_primary:7000/3, redis_primary, 7000",
    "redis://cache_1.data.svc.cluster.local.:6380, cache_1.data.svc.cluster.local., 6380",
    "redis://redis.0:6380, redis.0, 6380",
    "redis://0redis, 0redis, 6379",
    "redis://10.1.2.3, 10.1.2.3, 6379",
    "redis://[::1]:7000/1, [::1], 7000",
    "redis://[fe80::1], [fe80::1], 6379",
    "redis://papi:pw@cache-0.example:, cache-0.example, 6379",
    "rediss://cache.example, cache.example, 6379"
  })
  void of_hostThatResolversTake_isRead(String uri, String host, int port) {
    RedisUri read = read(uri);

    assertThat(read.host()).isEqualTo(host);
    assertThat(read.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://papi:pw@redis_primary/2, papi, pw",
    "redis://:p@ss@host, '', p@ss",
    "redis://papi:p@s:s@host_1:7, papi, p@s:s",
    "redis://papi:a%2Fb%40c%25d+e@host, papi, a/b@c%d+e",
    "redis://p%C3%A4pi:%E2%82%AC@host, päpi, €",
    "redis://host_1, '', ''"
  })
  void of_userAndPassword_areRead(String uri, String user, String password) {
    RedisUri read = read(uri);

    assertThat(read.user().orElse("")).isEqualTo(user);
    assertThat(read.password().orElse("")).isEqualTo(password);
    assertThat(read.toString()).doesNotContain("p@s").doesNotContain("pw@");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://, uri",
    "redis://:s3cret@, names no host",
    "redis://:s3/cret@host, %2F",
    "redis://:s3?cret@host, %3F",
    "redis://:s3#cret@host, %23",
    "redis://:s3%cret@host, % and two hexadecimal digits",
    "redis://:s3 cret@host, % and two hexadecimal digits",
    "redis://:s3cret@two..dots, no name that can be looked up",
    "redis://:s3cret@hööst, no name that can be looked up",
    "redis://:s3cret@host:port, no port that is a number",
    "redis://:s3cret@host_1:70000, 'port is 70000, not 1 to 65535'",
    "redis://:s3cret@host:0, 'port is 0, not 1 to 65535'",
    "redis://:s3cret@host_1/customers, number of a database",
    "redis://:s3cret@host?db=1, %3F",
    "rediss://:s3cret@host_1, has an underscore"
  })
  void of_unusable_saysWhy_withoutThePassword(String uri, String why) {
    assertThatThrownBy(() -> read(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uri")
        .hasMessageContaining(why)
        .hasMessageNotContaining("cret")
        .hasNoCause();
  }

  @Test
  void of_nameThatIsTooLong_isRefused() {
    assertThatThrownBy(() -> read("redis://" + "a".repeat(64))).hasMessageContaining("looked up");
    assertThatThrownBy(() -> read("redis://" + "a.".repeat(130))).hasMessageContaining("looked up");
    assertThat(read("redis://" + "a".repeat(63)).host()).hasSize(63);
  }

  private static RedisUri read(String uri) {
    return RedisSettings.of(uri, Duration.ofMillis(50), 100).server();
  }
}
