package io.papi.loadtest.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ZipfTest {
  private static final int DRAWS = 200_000;

  @Test
  void rank_drawsByTheLaw() {
    Zipf zipf = new Zipf(10_000);
    Random random = new Random(1885);
    int[] times = new int[10_001];
    int amongHundred = 0;
    for (int i = 0; i < DRAWS; i++) {
      int rank = zipf.rank(random);
      times[rank]++;
      if (rank <= 100) {
        amongHundred++;
      }
    }

    // The harmonic numbers of 10,000 and 100 are 9.788 and 5.187.
    assertThat(times[1] / (double) DRAWS).isCloseTo(1 / 9.788, within(0.005));
    assertThat(times[2] / (double) DRAWS).isCloseTo(0.5 / 9.788, within(0.005));
    assertThat(amongHundred / (double) DRAWS).isCloseTo(5.187 / 9.788, within(0.01));
  }

  @Test
  void rank_atTheEnds_staysInside() {
    Zipf zipf = new Zipf(3);

    assertThat(zipf.rank(always(0.0))).isEqualTo(1);
    assertThat(zipf.rank(always(Math.nextDown(1.0)))).isEqualTo(3);
  }

  @Test
  void new_withoutRanks_throwsException() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Zipf(0));
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
