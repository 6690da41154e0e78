package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.testing.Outcomes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What holds for whatever answers keys, a {@link Lookup} or a {@link Loader}. Behind the one under
 * test are the rows of the keys 1 to 300.
 */
public abstract class RowsContract {

  /** Asks the one under test. */
  protected abstract Map<Key, Outcome> ask(Set<Key> keys);

  /** The clock that the one under test goes by. */
  protected abstract Ticker ticker();

  @Test
  public void find_known_returnsTheRowOfEachKey() {
    Map<Key, Outcome> outcomes = ask(keys(1, 300));
    assertThat(outcomes.keySet()).isEqualTo(keys(1, 300));
    assertThat(outcomes)
        .allSatisfy(
            (key, outcome) -> {
              assertThat(outcome).isInstanceOf(Found.class);
              assertThat(Outcomes.text(outcome)).contains(key.text());
            });
  }

  @Test
  public void find_absent_saysSo() {
    Key key = new Key("999999");
    assertThat(ask(Set.of(key)).get(key)).isInstanceOf(Absent.class);
  }

  @Test
  public void find_mixed_givesEveryKeyAnOutcome() {
    Set<Key> asked = new HashSet<>(keys(299, 304));
    Map<Key, Outcome> outcomes = ask(asked);
    assertThat(outcomes.keySet()).isEqualTo(asked);
    assertThat(outcomes.get(new Key("300"))).isInstanceOf(Found.class);
    assertThat(outcomes.get(new Key("301"))).isInstanceOf(Absent.class);
  }

  protected static Set<Key> keys(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> new Key(Integer.toString(id)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What a store with the rows 1 to 300 says of {@code key}. */
  protected static Outcome stored(Key key, Ticker ticker) {
    return Integer.parseInt(key.text()) <= 300
        ? Outcomes.found(key, 1, ticker.nanos())
        : Outcomes.absent(ticker.nanos());
  }
}
