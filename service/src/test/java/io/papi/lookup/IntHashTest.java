package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Property;
import org.junit.jupiter.api.Test;

class IntHashTest {

  /** Worked out by hand: the upper half of 6 × 2^32 + 5 × 2^32, and of 3 × (2^32 − 1) + 7. */
  @Test
  void of_isTheUpperHalfOfTheSum() {
    assertThat(new IntHash(3L << 32, 5L << 32).of(2)).isEqualTo(11);
    assertThat(new IntHash(3, 7).of(-1)).isEqualTo(3);
    assertThat(new IntHash(-1, 0).of(1)).isEqualTo(-1);
  }

  @Test
  void random_numbersThatCollide_areAsFewAsByChance() {
    int[] same = {0};
    Property.check(
        100_000,
        random -> {
          int number = random.nextInt();
          IntHash hash = new IntHash(random.nextLong(), random.nextLong());
          // of 12 bits, as the buckets of a map are
          same[0] +=
              (hash.of(number) ^ hash.of(number + 1 + random.nextInt(50))) >>> 20 == 0 ? 1 : 0;
        });
    assertThat(same[0]).isLessThan(100);
  }

  @Test
  void random_twice_differs() {
    assertThat(IntHash.random()).isNotEqualTo(IntHash.random());
  }
}
