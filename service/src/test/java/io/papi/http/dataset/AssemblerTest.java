package io.papi.http.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.papi.dataset.AnswerShape;
import io.papi.dataset.Freshness;
import io.papi.dataset.MissingPolicy;
import io.papi.http.answer.Findings;
import io.papi.http.dataset.form.Form;
import io.papi.http.dataset.form.Selection;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Budget;
import io.papi.lookup.DefaultRows;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an answer says of each outcome. */
class AssemblerTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);
  private static final Row DEFAULT = Outcomes.row("{\"NAME\":\"friend\"}");
  private static final Key FOUND = new Key("1");
  private static final Key ABSENT = new Key("7");
  private static final Key DOWN = new Key("9");
  private static final Key BAD = new Key("8");

  private static final Map<Key, Outcome> OUTCOMES =
      Map.of(
          FOUND, Outcomes.found(FOUND, 1, 0),
          ABSENT, Outcomes.absent(0),
          DOWN, new Unavailable(Reason.STORE_UNREACHABLE),
          BAD, Outcomes.unreadable(0));

  private DefaultRows defaultRows = _ -> Optional.of(DEFAULT);

  @ParameterizedTest
  @EnumSource(
      value = AnswerShape.class,
      names = {"ARRAY", "OBJECT"})
  void assemble_unavailable_isAProblem(AnswerShape shape) {
    for (MissingPolicy missing : MissingPolicy.values()) {
      Form form = new Form(shape, Selection.WHOLE, missing, false);
      Problem problem = problem(form, FOUND, DOWN, ABSENT);
      assertThat(problem.status().code()).isEqualTo(503);
      assertThat(problem.unavailable()).containsExactly("9");
      assertThat(problem(form, FOUND, BAD, DOWN).status().code()).isEqualTo(502);
      assertThat(problem(form, FOUND, BAD, DOWN).unavailable()).containsExactly("8", "9");
    }
  }

  @ParameterizedTest
  @EnumSource(MissingPolicy.class)
  void assemble_unavailableInAMap_isSaidApart(MissingPolicy missing) {
    Form form = new Form(AnswerShape.MAP, Selection.WHOLE, missing, false);
    Findings findings = assemble(form, FOUND, DOWN, BAD);
    assertThat(findings.unanswered().keySet()).containsExactly(DOWN, BAD);
    assertThat(findings.rows()).hasSize(1);
    assertThat(findings.isPartial()).isTrue();
    assertThat(assemble(form, ABSENT, DOWN).unanswered().keySet()).containsExactly(DOWN);
    assertThat(problem(form, DOWN).status().code()).isEqualTo(503);
    assertThat(problem(form, BAD, DOWN).status().code()).isEqualTo(502);
  }

  @Test
  void assemble_absent_isLeftOut() {
    Findings findings = assemble(form(MissingPolicy.OMIT), FOUND, ABSENT);
    assertThat(findings.rows()).hasSize(1);
    assertThat(findings.missing()).containsExactly(ABSENT);
    assertThat(findings.hasAbsent()).isTrue();
    assertThat(findings.isPartial()).isFalse();
  }

  @Test
  void assemble_notFound_isAProblemOnlyIfNoneHasARow() {
    Form form = form(MissingPolicy.NOT_FOUND);
    Problem problem = problem(form, ABSENT);
    assertThat(problem.status().code()).isEqualTo(404);
    assertThat(problem.missing()).containsExactly("7");
    assertThat(assemble(form, ABSENT, FOUND).rows()).hasSize(1);
  }

  @Test
  void assemble_default_standsInForAbsentOnesAlone() {
    Form form = form(MissingPolicy.DEFAULT);
    Findings findings = assemble(form, ABSENT, FOUND);
    assertThat(findings.rows()).hasSize(2).startsWith(DEFAULT);
    assertThat(findings.defaulted()).containsExactly(ABSENT);
    assertThat(findings.missing()).isEmpty();
    assertThat(findings.hasAbsent()).isTrue();
    assertThat(problem(form, DOWN).status().code()).isEqualTo(503);
    assertThat(problem(form, BAD).status().code()).isEqualTo(502);
  }

  @Test
  void assemble_defaultForUnavailable_standsInForBoth_markedApart() {
    Form form = new Form(AnswerShape.ARRAY, Selection.WHOLE, MissingPolicy.DEFAULT, true);
    Findings findings = assemble(form, DOWN, ABSENT, BAD, FOUND);
    assertThat(findings.rows()).hasSize(4);
    assertThat(findings.defaulted()).containsExactly(ABSENT);
    assertThat(findings.standIns()).containsExactly(DOWN, BAD);
    assertThat(findings.isPartial()).isTrue();
    assertThat(assemble(form, DOWN).rows()).containsExactly(DEFAULT);
  }

  @Test
  void assemble_defaultRowNotKnownYet_isUnavailable_neverMissing() {
    defaultRows = _ -> Optional.empty();
    assertThat(problem(form(MissingPolicy.DEFAULT), FOUND, ABSENT).unavailable())
        .containsExactly("7");
    Form map = new Form(AnswerShape.MAP, Selection.WHOLE, MissingPolicy.DEFAULT, true);
    assertThat(assemble(map, FOUND, ABSENT, DOWN).unanswered().keySet())
        .containsExactly(ABSENT, DOWN);
    assertThat(problem(map, ABSENT).status().code()).isEqualTo(503);
  }

  @Test
  void assemble_rowWithoutAField_cannotBeShown() {
    Form form = new Form(AnswerShape.ARRAY, _ -> Optional.empty(), MissingPolicy.OMIT, false);
    Problem problem = problem(form, FOUND);
    assertThat(problem.status().code()).isEqualTo(502);
    assertThat(problem.unavailable()).containsExactly("1");
  }

  private static Form form(MissingPolicy missing) {
    return new Form(AnswerShape.ARRAY, Selection.WHOLE, missing, false);
  }

  private Findings assemble(Form form, Key... keys) {
    Map<Key, Outcome> outcomes = new LinkedHashMap<>();
    for (Key key : keys) {
      outcomes.put(key, OUTCOMES.get(key));
    }
    Assembler assembler =
        new Assembler(
            FRESHNESS, key -> defaultRows.of(key), Duration.ofSeconds(1), new ManualTicker());
    return assembler.assemble(outcomes.keySet(), outcomes, form, Budget.UNLIMITED);
  }

  private Problem problem(Form form, Key... keys) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> assemble(form, keys));
    assertThat(problem).as("is a problem for " + List.of(keys)).isNotNull();
    return problem.problem();
  }
}
