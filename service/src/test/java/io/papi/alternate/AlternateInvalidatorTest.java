package io.papi.alternate;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlternateInvalidatorTest {
  private static final Deadline DEADLINE = Deadline.after(Duration.ofSeconds(1), 0);

  private final List<String> invalidated = new ArrayList<>();
  private List<Found> kept = List.of();
  private boolean mappingsAreGone = true;

  private final AlternateInvalidator invalidator =
      new AlternateInvalidator(
          into("row", true),
          (_, _) -> kept,
          Map.of(
              "NAME",
              (keys, deadline) -> into("name", mappingsAreGone).invalidate(keys, deadline)));

  @Test
  void invalidate_rowThatIsKept_takesWhatLeadsToItAlong() {
    kept = List.of(row("\"jane\""), row("\"jane\""), row("\"joan\""), row("null"));
    assertThat(invalidator.invalidate(Set.of(new Key("7")), DEADLINE)).isTrue();
    assertThat(invalidated).containsExactly("row 7", "name jane", "name joan");
  }

  @Test
  void invalidate_nothingIsKept_isTheRowAlone() {
    assertThat(invalidator.invalidate(Set.of(new Key("7")), DEADLINE)).isTrue();
    assertThat(invalidated).containsExactly("row 7");
  }

  @Test
  void invalidate_notConfirmedSomewhere_isNotConfirmed() {
    kept = List.of(row("\"jane\""));
    mappingsAreGone = false;
    assertThat(invalidator.invalidate(Set.of(new Key("7")), DEADLINE)).isFalse();
    assertThat(invalidated).containsExactly("row 7", "name jane");
  }

  private Invalidator into(String what, boolean gone) {
    return (keys, _) -> {
      keys.stream().map(Key::text).sorted().forEach(key -> invalidated.add(what + " " + key));
      return gone;
    };
  }

  private static Found row(String name) {
    return new Found(Outcomes.row("{\"ID\":7,\"NAME\":" + name + "}"), 1, Origin.of(Layer.NEAR, 0));
  }
}
