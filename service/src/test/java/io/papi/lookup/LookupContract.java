package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Lookup}. */
public abstract class LookupContract extends RowsContract {

  protected abstract Lookup lookup();

  @Override
  protected Map<Key, Outcome> ask(Set<Key> keys) {
    return lookup().find(keys, need());
  }

  @Test
  public void find_oneKey_isAnsweredToo() {
    assertThat(lookup().find(new Key("5"), need())).isInstanceOf(Found.class);
    assertThat(lookup().find(new Key("999999"), need())).isInstanceOf(Absent.class);
  }

  @Test
  public void find_deadlineHasPassed_givesEveryKeyAnOutcome() {
    long now = ticker().nanos();
    Need late = new Need(now, now, new Deadline(now));
    assertThat(lookup().find(keys(1, 3), late).keySet()).isEqualTo(keys(1, 3));
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
}
