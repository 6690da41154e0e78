package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Key;
import io.papi.testing.Outcomes;
import io.papi.testing.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EndingsTest {
  private static final long SPAN = 10;

  private final Endings endings = new Endings(SPAN);

  @Test
  void takeUntil_spansThatAreOver_giveTheirEntriesOnce() {
    NearEntry one = added(1);
    NearEntry nine = added(9);
    NearEntry ten = added(10);

    assertThat(endings.takeUntil(9)).isEmpty();
    assertThat(endings.takeUntil(19)).containsExactly(one, nine);
    assertThat(endings.takeUntil(20)).containsExactly(ten);
    assertThat(endings.takeUntil(1_000)).isEmpty();
  }

  @Test
  void takeUntil_beforeZero_isAsAfter() {
    NearEntry entry = added(-1);

    assertThat(endings.takeUntil(-2)).isEmpty();
    assertThat(endings.takeUntil(0)).containsExactly(entry);
  }

  @Test
  void add_spanThatWasTaken_isLeftOut() {
    assertThat(endings.takeUntil(20)).isEmpty();
    NearEntry late = added(19);
    NearEntry inTime = added(20);

    assertThat(endings.remove(late)).isFalse();
    assertThat(endings.takeUntil(30)).containsExactly(inTime);
  }

  @Test
  void remove_twice_isInOnce() {
    NearEntry first = added(1);
    NearEntry second = added(2);
    NearEntry third = added(3);

    assertThat(endings.remove(second)).isTrue();
    assertThat(endings.remove(second)).isFalse();
    assertThat(endings.takeUntil(10)).containsExactly(first, third);
    assertThat(endings.remove(first)).isFalse();
  }

  @Test
  void anyCourse_isWhatAMapWouldHold() {
    Property.check(
        random -> {
          Endings course = new Endings(SPAN);
          Map<NearEntry, Long> in = new HashMap<>();
          List<NearEntry> all = new ArrayList<>();
          long now = 0;
          for (int step = 0; step < 200; step++) {
            if (random.nextInt(3) > 0 || all.isEmpty()) {
              NearEntry entry = entry();
              long endsAt = now + random.nextInt(100);
              course.add(entry, endsAt);
              in.put(entry, endsAt);
              all.add(entry);
            } else if (random.nextBoolean()) {
              NearEntry some = all.get(random.nextInt(all.size()));
              assertThat(course.remove(some)).isEqualTo(in.remove(some) != null);
            } else {
              now += random.nextInt(30);
              long over = Math.floorDiv(now, SPAN) * SPAN;
              Set<NearEntry> ended = new HashSet<>();
              in.forEach(
                  (entry, endsAt) -> {
                    if (endsAt < over) {
                      ended.add(entry);
                    }
                  });
              in.keySet().removeAll(ended);
              assertThat(course.takeUntil(now)).containsExactlyInAnyOrderElementsOf(ended);
            }
          }
        });
  }

  private NearEntry added(long endsAt) {
    NearEntry entry = entry();
    endings.add(entry, endsAt);
    return entry;
  }

  private static NearEntry entry() {
    return NearEntry.of(new Key("1"), Outcomes.absent(0), false, 0);
  }
}
