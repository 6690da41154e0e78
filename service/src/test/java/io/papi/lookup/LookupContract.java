package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link Lookup}. Behind the one under test are the rows of the keys 1 to 300.
 */
public abstract class LookupContract {

  protected abstract Lookup lookup();

  /** The clock that the lookup under test goes by. */
  protected abstract Ticker ticker();

  @Test
  public void find_known_returnsTheRowOfEachKey() {
    Map<Key, Outcome> outcomes = lookup().find(keys(1, 300), need());
    assertThat(outcomes.keySet()).isEqualTo(keys(1, 300));
    assertThat(outcomes)
        .allSatisfy(
            (key, outcome) -> {
              assertThat(outcome).isInstanceOf(Found.class);
              assertThat(text((Found) outcome)).contains(key.text());
            });
  }

  @Test
  public void find_absent_saysSo() {
    assertThat(lookup().find(new Key("999999"), need())).isInstanceOf(Absent.class);
  }

  @Test
  public void find_mixed_givesEveryKeyAnOutcome() {
    Set<Key> asked = new HashSet<>(keys(299, 304));
    Map<Key, Outcome> outcomes = lookup().find(asked, need());
    assertThat(outcomes.keySet()).isEqualTo(asked);
    assertThat(outcomes.get(new Key("300"))).isInstanceOf(Found.class);
    assertThat(outcomes.get(new Key("301"))).isInstanceOf(Absent.class);
  }

  @Test
  public void find_known_wasReadAfterTheNeed() {
    Need need = need();
    Outcome outcome = lookup().find(new Key("5"), need);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Found.class, found -> assertThat(need.isMetBy(found.readAt())).isTrue());
  }

  protected Need need() {
    long now = ticker().nanos();
    return new Need(now, now, Deadline.after(Duration.ofSeconds(20), now));
  }

  protected static Set<Key> keys(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> new Key(Integer.toString(id)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String text(Found found) {
    return Outcomes.text(found);
  }
}
