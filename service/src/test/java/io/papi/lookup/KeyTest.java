package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.SameHash;
import io.papi.testing.Spread;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTest {

  @Test
  void hashCode_idsThatWereMadeToCollide_spread() {
    List<String> ids = SameHash.ids();
    assertThat(ids).hasSizeGreaterThan(40_000).doesNotHaveDuplicates();
    assertThat(ids.stream().map(String::hashCode).distinct()).hasSize(1);
    assertThat(Spread.fullestBucket(ids.stream().map(Key::new).toList()))
        .isLessThan(Spread.MAX_IN_A_BUCKET);
  }

  @Test
  void hashCode_idsInARow_spread() {
    List<Key> keys =
        IntStream.range(0, 60_000).mapToObj(i -> new Key(Integer.toString(i))).toList();
    assertThat(Spread.fullestBucket(keys)).isLessThan(Spread.MAX_IN_A_BUCKET);
  }

  @Test
  void equals_sameText_isTrue() {
    assertThat(new Key("1885")).isEqualTo(new Key("1885")).hasSameHashCodeAs(new Key("1885"));
    assertThat(new Key("1885")).isNotEqualTo(new Key("1886")).isNotEqualTo("1885");
  }

  @Test
  void toString_isTheText() {
    assertThat(new Key("1885")).hasToString("1885");
  }
}
