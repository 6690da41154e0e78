package io.papi.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Requester;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnedAwayTest {
  private final TurnedAway turnedAway = new TurnedAway();
  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void due_nobodyWasTurnedAway_isEmpty() {
    assertThat(turnedAway.due(0, queue)).isEmpty();
  }

  @Test
  void due_onceAMinute_hasTheNumbersSinceTheLast() {
    queue.add(new Requester(), "one");
    queue.add(new Requester(), "another");
    turnedAway.refused(3);
    assertThat(turnedAway.due(0, queue))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("3 ids refused and 0 evicted")
                    .contains("2 ids of 2 requesters wait"));
    turnedAway.evicted(100);
    assertThat(turnedAway.due(1, queue)).isEmpty();
    turnedAway.evicted(1);
    assertThat(turnedAway.due(Duration.ofMinutes(1).toNanos(), queue))
        .hasValueSatisfying(text -> assertThat(text).contains("0 ids refused and 101 evicted"));
  }
}
