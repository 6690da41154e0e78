package io.papi.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  /** Too early a try would be refused once more. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "4200, 5"})
  void tooMany_wait_isRoundedUpToWholeSeconds(long millis, String seconds) {
    Problem problem = Problem.tooMany("too many", Duration.ofMillis(millis), List.of());
    assertThat(problem.headers())
        .singleElement()
        .satisfies(header -> assertThat(header.get()).isEqualTo(seconds));
  }
}
