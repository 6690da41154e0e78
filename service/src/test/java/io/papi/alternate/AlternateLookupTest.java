package io.papi.alternate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.testing.FakeLookup;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings and rows that say the same, or contradict each other. */
class AlternateLookupTest {
  private static final Key JANE = new Key("jane");
  private static final Need NEED = new Need(100, 0, Deadline.after(Duration.ofSeconds(1), 100));

  private final FakeLookup mappings = new FakeLookup(_ -> Outcomes.absent(50));
  private final FakeLookup rows = new FakeLookup(_ -> Outcomes.absent(50));
  private final AlternateLookup lookup = lookup("ID", 100);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowWithTheValue_isGiven(boolean alone) {
    mappings.answer(_ -> mapping("7", 10));
    rows.answer(key -> row(key.text(), "\"jane\"", 20));
    assertThat(Outcomes.text(find(alone))).isEqualTo("{\"ID\":7,\"NAME\":\"jane\"}");
    assertThat(rows.calls()).hasSize(1).allMatch(call -> call.keys().equals(Set.of(new Key("7"))));
    assertThat(find(alone))
        .isInstanceOfSatisfying(Found.class, it -> assertThat(it.readAt()).isEqualTo(20));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowWithAnotherValue_isNeverGiven_bothAreAskedForWhatIsYounger(boolean alone) {
    mappings.answer(_ -> isAskedAnew() ? mapping("8", 60) : mapping("7", 10));
    rows.answer(
        key -> key.text().equals("7") ? row("7", "\"joan\"", 20) : row("8", "\"jane\"", 70));
    assertThat(Outcomes.text(find(alone))).contains("\"ID\":8");
    assertThat(mappings.calls().getLast().need().notOlderThan()).isEqualTo(21);
    assertThat(rows.calls().getLast().need().notOlderThan()).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noRowAnyMore_isAskedOnceMore_andNoMapping_isAbsent(boolean alone) {
    mappings.answer(_ -> isAskedAnew() ? Outcomes.absent(60) : mapping("7", 30));
    assertThat(find(alone)).isInstanceOf(Absent.class);
    assertThat(mappings.calls().getLast().need().notOlderThan()).isEqualTo(51);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void contradictsItselfAgainAndAgain_isUnavailable_neverMissing(boolean alone) {
    mappings.answer(_ -> mapping("7", justMeeting(mappings)));
    rows.answer(_ -> Outcomes.absent(justMeeting(rows)));
    assertThat(find(alone)).isEqualTo(new Unavailable(Reason.CONTRADICTED));
    rows.answer(key -> row(key.text(), "\"joan\"", justMeeting(rows)));
    assertThat(find(alone)).isEqualTo(new Unavailable(Reason.CONTRADICTED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staleRowWithAnotherValue_isWhatTheStoreDidNotAnswer(boolean alone) {
    mappings.answer(_ -> mapping("7", 10));
    rows.answer(key -> row(key.text(), "\"joan\"", -20));
    assertThat(find(alone)).isEqualTo(new Unavailable(Reason.STORE_FAILED));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 400})
  void mapping_isFreshForItsOwnTime_unlessTheCallerWantsYoungerRows(int freshFor) {
    mappings.answer(_ -> mapping("7", 90));
    rows.answer(key -> row(key.text(), "\"jane\"", 90));
    AlternateLookup own = lookup("ID", freshFor);
    own.find(JANE, NEED);
    own.find(Set.of(JANE), NEED);
    own.find(JANE, NEED.notOlderThan(60));
    assertThat(mappings.calls().stream().map(call -> call.need().notOlderThan()))
        .containsExactly(100L - freshFor, 100L - freshFor, 60L);
    assertThat(rows.calls().stream().map(call -> call.need().notOlderThan()))
        .containsExactly(0L, 0L, 60L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondAttemptWithoutAnswer_isUnavailable(boolean alone) {
    Unavailable late = new Unavailable(Reason.DEADLINE);
    mappings.answer(_ -> isAskedAnew() ? late : mapping("7", 10));
    rows.answer(key -> row(key.text(), "\"joan\"", 20));
    assertThat(find(alone)).isEqualTo(late);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"JANE\"", "\"jane \"", "\"\"", "{}", "[\"jane\"]", "1"})
  void valueThatIsNotTheSame_contradicts(String value) {
    mappings.answer(_ -> mapping("7", 10));
    rows.answer(key -> row(key.text(), value, 20));
    assertThat(find(true)).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mappingWithoutKey_isUnreadable(boolean alone) {
    mappings.answer(_ -> mapping("null", 10));
    assertThat(find(alone)).isInstanceOf(Unreadable.class);
    assertThat(rows.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowThatCannotBeShown_orIsNotToBeHad_saysSo(boolean alone) {
    mappings.answer(_ -> mapping("7", 10));
    rows.answer(_ -> Outcomes.unreadable(20));
    assertThat(find(alone)).isInstanceOf(Unreadable.class);
    rows.answer(_ -> new Unavailable(Reason.OVERLOADED));
    assertThat(find(alone)).isEqualTo(new Unavailable(Reason.OVERLOADED));
    mappings.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(find(alone)).isEqualTo(new Unavailable(Reason.STORE_FAILED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "\u00e4\ud83d\ude00", "12", "{x"})
  void valuesOfAnyCharacters_areCompared(String value) {
    String json = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    mappings.answer(_ -> Outcomes.found(new Key("x"), 1, 10).from(Origin.of(Layer.NEAR, 0)));
    AlternateLookup byText = lookup("KEY", 100);
    rows.answer(_ -> row("1", json, 20));
    assertThat(byText.find(new Key(value), NEED)).isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void origin_hasTheLayersOfBoth(boolean alone) {
    mappings.answer(_ -> mapping("7", 10).from(Origin.of(Layer.STORE, 3).behind(Layer.NEAR, 0)));
    rows.answer(key -> row(key.text(), "\"jane\"", 20).from(Origin.of(Layer.NEAR, 0)));
    assertThat(((Found) find(alone)).origin().layer()).isEqualTo(Layer.STORE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 50})
  void several_areAskedTogether(int count) {
    mappings.answer(key -> mapping(key.text().substring(1), 10));
    rows.answer(key -> row(key.text(), "\"n" + key.text() + "\"", 20));
    Set<Key> values =
        IntStream.range(0, count).mapToObj(i -> new Key("n" + i)).collect(Collectors.toSet());
    Map<Key, Outcome> outcomes = lookup.find(values, NEED);
    assertThat(outcomes)
        .hasSize(count)
        .allSatisfy((_, it) -> assertThat(it).isInstanceOf(Found.class));
    assertThat(mappings.calls()).hasSize(1);
    assertThat(rows.calls()).hasSize(1);
  }

  private AlternateLookup lookup(String keyColumn, long mappingsFreshFor) {
    return new AlternateLookup(
        mappings,
        rows,
        keyColumn,
        "NAME",
        Duration.ofNanos(100),
        Duration.ofNanos(mappingsFreshFor));
  }

  private Outcome find(boolean alone) {
    return alone
        ? lookup.find(JANE, NEED)
        : requireNonNull(lookup.find(Set.of(JANE), NEED).get(JANE));
  }

  /** When a row was read that is as old as may be. */
  private static long justMeeting(FakeLookup asked) {
    return asked.calls().getLast().need().notOlderThan();
  }

  /** Whether what has been read before is not enough. */
  private boolean isAskedAnew() {
    return mappings.calls().getLast().need().notOlderThan() > 0;
  }

  private static Found mapping(String id, long readAt) {
    return new Found(Outcomes.row("{\"ID\":" + id + "}"), readAt, Origin.of(Layer.NEAR, 0));
  }

  private static Found row(String id, String name, long readAt) {
    return new Found(
        Outcomes.row("{\"ID\":" + id + ",\"NAME\":" + name + "}"),
        readAt,
        Origin.of(Layer.NEAR, 0));
  }
}
