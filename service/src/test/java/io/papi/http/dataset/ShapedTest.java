package io.papi.http.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.Freshness;
import io.papi.http.answer.Findings;
import io.papi.http.answer.Tags;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bodies of the shapes. */
class ShapedTest {
  private static final Row A = Outcomes.row("{\"ID\":1}");
  private static final Row B = Outcomes.row("{\"ID\":2}");

  @Test
  void array_isItsRows() {
    assertThat(text(new ArrayBody(List.of()))).isEqualTo("[]");
    assertThat(text(new ArrayBody(List.of(A)))).isEqualTo("[{\"ID\":1}]");
    assertThat(text(new ArrayBody(List.of(A, B)))).isEqualTo("[{\"ID\":1},{\"ID\":2}]");
  }

  /** Callers keep tags from one version of the service to the next. */
  @Test
  void array_tag_isWhatItHasAlwaysBeen() {
    assertThat(Tags.header(new ArrayBody(List.of()).tag())).isEqualTo("\"0000000000000000\"");
    assertThat(Tags.header(new ArrayBody(List.of(Row.kept(new byte[2], 7))).tag()))
        .isEqualTo("\"53845412288d3081\"");
    assertThat(new ArrayBody(List.of(A, B)).tag()).isNotEqualTo(new ArrayBody(List.of(B, A)).tag());
  }

  @Test
  void object_isTheRow_orEmpty() {
    assertThat(text(new ObjectBody(List.of(A)))).isEqualTo("{\"ID\":1}");
    assertThat(text(new ObjectBody(List.of()))).isEqualTo("{}");
    assertThat(new ObjectBody(List.of(A)).tag()).isEqualTo(A.tag());
    assertThat(new ObjectBody(List.of()).tag()).isNotEqualTo(A.tag());
  }

  @Test
  void map_saysApartWhatIsMissingAndWhatCouldNotBeAnswered() {
    Findings findings = findings();
    findings.found(A, Outcomes.found(new Key("1"), 1, 0));
    findings.missing(new Key("7\""), Outcomes.absent(0));
    findings.unanswered(new Key("9"), new Unavailable(Reason.DEADLINE));
    findings.found(B, Outcomes.found(new Key("2"), 1, 0));
    MapBody map = new MapBody(keys("1", "7\"", "9", "2"), findings);
    assertThat(text(map))
        .isEqualTo(
            "{\"found\":{\"1\":{\"ID\":1},\"2\":{\"ID\":2}},\"missing\":[\"7\\\"\"],"
                + "\"unavailable\":[\"9\"]}");
  }

  @Test
  void map_ofNothing_hasItsMembers() {
    assertThat(text(new MapBody(Set.of(), findings())))
        .isEqualTo("{\"found\":{},\"missing\":[],\"unavailable\":[]}");
  }

  @Test
  void map_tag_isOfWhatIsSaid() {
    Findings one = findings();
    one.found(A, Outcomes.found(new Key("1"), 1, 0));
    Findings later = findings();
    later.found(A, Outcomes.found(new Key("1"), 1, 5));
    Findings other = findings();
    other.found(B, Outcomes.found(new Key("1"), 1, 0));
    Findings missing = findings();
    missing.missing(new Key("1"), Outcomes.absent(0));
    Set<Key> key = keys("1");
    assertThat(new MapBody(key, later).tag()).isEqualTo(new MapBody(key, one).tag());
    assertThat(Stream.of(one, other, missing).map(each -> new MapBody(key, each).tag()).distinct())
        .hasSize(3);
    assertThat(new MapBody(keys("3"), one).tag()).isNotEqualTo(new MapBody(key, one).tag());
  }

  private static Set<Key> keys(String... ids) {
    Set<Key> keys = new LinkedHashSet<>();
    for (String id : ids) {
      keys.add(new Key(id));
    }
    return keys;
  }

  private static Findings findings() {
    Freshness freshness =
        new Freshness(
            Duration.ofMinutes(3),
            Duration.ofHours(1),
            Duration.ofMillis(150),
            Duration.ofSeconds(30),
            0);
    return new Findings(freshness, 8, 0);
  }

  /** Of a body that is copied behind something else. */
  private static String text(Shaped body) {
    byte[] target = new byte[body.length() + 3];
    body.copyTo(target, 3);
    return new String(target, 3, body.length(), UTF_8);
  }
}
