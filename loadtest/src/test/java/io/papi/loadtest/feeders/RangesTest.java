package io.papi.loadtest.feeders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RangesTest {
  private static final LocalDate LAST_ORDER = LocalDate.of(1998, 8, 2);

  @Test
  void eachAnother_neverRepeatsBeforeAllWereThere() {
    Iterator<Map<String, Object>> ranges = Ranges.from(1);
    Set<Map<String, Object>> seen = new HashSet<>();
    for (int i = 0; i < Ranges.COUNT; i++) {
      seen.add(ranges.next());
    }
    assertThat(seen).hasSize(Ranges.COUNT).contains(ranges.next());
  }

  @Test
  void eachAnother_isWithinTheDaysOfOrders() {
    Iterator<Map<String, Object>> ranges = Ranges.eachAnother();
    for (int i = 0; i < 10_000; i++) {
      Map<String, Object> range = ranges.next();
      LocalDate from = LocalDate.parse(String.valueOf(range.get(Ranges.FROM)));
      LocalDate to = LocalDate.parse(String.valueOf(range.get(Ranges.TO)));
      assertThat(ChronoUnit.DAYS.between(from, to)).isBetween(14L, 400L);
      assertThat(to).isBeforeOrEqualTo(LAST_ORDER);
    }
  }

  @Test
  void months_areTwelveThatEndOnTheirLastDay() {
    assertThat(Ranges.ofYear())
        .hasSize(12)
        .contains(Map.of(Ranges.FROM, "1995-02-01", Ranges.TO, "1995-02-28"));
  }
}
