package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.SameHash;
import io.papi.testing.Spread;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisNameTest {

  /** A buffer's hash begins with its last byte. */
  @Test
  void hashCode_idsThatWereMadeToCollide_spread() {
    List<byte[]> names =
        SameHash.ids().stream()
            .map(id -> "papi:customer:01234567:" + new StringBuilder(id).reverse())
            .map(name -> name.getBytes(UTF_8))
            .toList();
    assertThat(names.stream().map(ByteBuffer::wrap).map(ByteBuffer::hashCode).distinct().count())
        .isEqualTo(1);
    assertThat(Spread.fullestBucket(names.stream().map(RedisName::new).toList()))
        .isLessThan(Spread.MAX_IN_A_BUCKET);
  }

  @Test
  void equals_veryLong_tellsTheLastByte() {
    byte[] bytes = ("papi:clerk-sales:01234567:clerk=" + "%C3%A4".repeat(1400)).getBytes(UTF_8);
    byte[] last = bytes.clone();
    last[last.length - 1]++;

    assertThat(new RedisName(bytes))
        .isEqualTo(new RedisName(bytes.clone()))
        .isNotEqualTo(new RedisName(last))
        .doesNotHaveSameHashCodeAs(new RedisName(last));
  }

  @Test
  void equals_sameBytes_isTrue() {
    RedisName name = new RedisName("papi:customer:ä".getBytes(UTF_8));
    RedisName same = new RedisName("papi:customer:ä".getBytes(UTF_8));
    RedisName other = new RedisName("papi:customer:a".getBytes(UTF_8));
    assertThat(name).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
  }
}
