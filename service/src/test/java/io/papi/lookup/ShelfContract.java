package io.papi.lookup;

import static io.papi.testing.Outcomes.row;
import static io.papi.testing.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Shelf}. The one under test serves rows for three minutes or more. */
public abstract class ShelfContract {
  protected static final Key ONE = new Key("1");
  protected static final Key TWO = new Key("2");

  /** How much older a shelf may take a row to be than it is. */
  protected static final Duration MARGIN = Duration.ofMillis(300);

  protected final ManualTicker ticker = new ManualTicker();

  protected abstract Shelf shelf();

  /** What the shelf holds once all that it was told has taken effect. */
  protected abstract Optional<Known> held(Key key);

  /** Keeps one after the other, while all of them are still in this process. */
  protected void keepInOrder(Key key, Known first, Known second) {
    shelf().keep(Map.of(key, first));
    shelf().keep(Map.of(key, second));
  }

  @Test
  public void peek_nothingKept_isEmpty() {
    assertThat(shelf().peek(ONE, caller())).isEmpty();
    assertThat(held(ONE)).isEmpty();
  }

  @Test
  public void peek_kept_isThatOrNothing() {
    shelf().keep(Map.of(ONE, found("one")));
    assertThat(shelf().peek(ONE, caller()))
        .satisfiesAnyOf(
            peeked -> assertThat(peeked).isEmpty(),
            peeked -> assertThat(text(peeked.orElseThrow())).isEqualTo("one"));
    assertThat(shelf().peek(TWO, caller())).isEmpty();
  }

  @Test
  public void peek_youngerNeeded_isEmpty() {
    shelf().keep(Map.of(ONE, found("one")));
    ticker.advance(Duration.ofSeconds(5));
    assertThat(shelf().peek(ONE, need(Duration.ofSeconds(4)))).isEmpty();
  }

  @Test
  public void keep_severalKinds_areHeldAsTheyAre() {
    Key three = new Key("3");
    shelf()
        .keep(
            Map.of(
                ONE,
                found("one"),
                TWO,
                Outcomes.absent(ticker.nanos()),
                three,
                Outcomes.unreadable(ticker.nanos())));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("one");
    assertThat(held(TWO)).containsInstanceOf(Absent.class);
    assertThat(held(three)).containsInstanceOf(Unreadable.class);
  }

  @Test
  public void keep_unreadable_hasItsFault() {
    shelf()
        .keep(
            Map.of(
                ONE, Outcomes.unreadable(ticker.nanos()), TWO, Outcomes.tooLarge(ticker.nanos())));

    assertThat(fault(ONE)).isEqualTo(Fault.VALUE);
    assertThat(fault(TWO)).isEqualTo(Fault.TOO_LARGE);
  }

  /** A query's key has the values of all its parameters. */
  @Test
  public void keep_veryLongKeys_areToldApart() {
    String escaped = "clerk=" + "%C3%A4%26%".repeat(800) + "&year=";
    String plain = "clerk=" + "ä€\uD83D\uDE00 &%".repeat(800) + "&year=";
    for (String start : List.of(escaped, plain)) {
      Key first = new Key(start + 1);
      Key second = new Key(start + 2);
      shelf().keep(Map.of(first, found("one"), second, found("two")));

      assertThat(text(held(first).orElseThrow())).isEqualTo("one");
      assertThat(text(held(second).orElseThrow())).isEqualTo("two");
      assertThat(held(new Key(start))).isEmpty();
    }
  }

  @Test
  public void keep_row_isNeverYoungerThanItIs() {
    Found known = found("one");
    ticker.advance(Duration.ofSeconds(20));
    shelf().keep(Map.of(ONE, known));

    assertThat(known.readAt() - held(ONE).orElseThrow().readAt()).isBetween(0L, MARGIN.toNanos());
  }

  @Test
  public void keep_younger_replacesTheOlder() {
    Found older = found("older");
    ticker.advance(Duration.ofMillis(1));
    keepInOrder(ONE, older, found("younger"));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("younger");
  }

  @Test
  public void keep_older_doesNotReplaceTheYounger() {
    Found older = found("older");
    ticker.advance(Duration.ofMillis(1));
    keepInOrder(ONE, found("younger"), older);

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("younger");
  }

  @Test
  public void keep_olderRowAfterAnAbsence_doesNotReplaceIt() {
    Found older = found("older");
    ticker.advance(Duration.ofMillis(1));
    keepInOrder(ONE, Outcomes.absent(ticker.nanos()), older);

    assertThat(held(ONE)).containsInstanceOf(Absent.class);
  }

  @Test
  public void invalidate_kept_isGoneAndOthersStay() {
    shelf().keep(Map.of(ONE, found("one"), TWO, found("two")));

    assertThat(shelf().invalidate(Set.of(ONE), soon())).isTrue();

    assertThat(shelf().peek(ONE, caller())).isEmpty();
    assertThat(held(ONE)).isEmpty();
    assertThat(text(held(TWO).orElseThrow())).isEqualTo("two");
  }

  @Test
  public void invalidate_nothingKept_isConfirmed() {
    assertThat(shelf().invalidate(Set.of(ONE), soon())).isTrue();
  }

  @Test
  public void keep_readBeforeItWasInvalidated_isRefused() {
    Found before = found("before");
    shelf().invalidate(Set.of(ONE), soon());
    shelf().keep(Map.of(ONE, before, TWO, found("two")));

    assertThat(held(ONE)).isEmpty();
    assertThat(text(held(TWO).orElseThrow())).isEqualTo("two");
  }

  @Test
  public void keep_readAtTheMomentOfTheInvalidation_isRefused() {
    ticker.advance(Duration.ofSeconds(1));
    shelf().invalidate(Set.of(ONE), soon());
    shelf().keep(Map.of(ONE, found("same moment")));

    assertThat(held(ONE)).isEmpty();
  }

  @Test
  public void keep_readAfterItWasInvalidated_isHeld() {
    shelf().keep(Map.of(ONE, found("before")));
    shelf().invalidate(Set.of(ONE), soon());
    ticker.advance(MARGIN);
    shelf().keep(Map.of(ONE, found("after")));

    assertThat(text(held(ONE).orElseThrow())).isEqualTo("after");
  }

  private @Nullable Fault fault(Key key) {
    return held(key).orElseThrow() instanceof Unreadable(_, _, Fault fault) ? fault : null;
  }

  protected final Found found(String text) {
    return new Found(row(text), ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  /** A caller who takes whatever is served. */
  protected final Need caller() {
    return need(Duration.ofDays(1));
  }

  protected final Need need(Duration maxAge) {
    return new Need(ticker.nanos(), ticker.nanos() - maxAge.toNanos(), soon());
  }

  protected final Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20), ticker.nanos());
  }
}
