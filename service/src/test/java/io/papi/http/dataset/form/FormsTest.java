package io.papi.http.dataset.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helidon.http.Status;
import io.papi.caller.Caller;
import io.papi.caller.Callers;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.MissingPolicy;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.testing.Outcomes;
import io.papi.testing.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What query strings ask for. */
class FormsTest {
  private static final Caller ANYBODY = Callers.anybody(true).unnamed();
  private static final AnswerRules RULES =
      new AnswerRules(
          AnswerShape.ARRAY,
          MissingPolicy.OMIT,
          Optional.of(Map.of("NAME", "friend")),
          Map.of("mail", List.of("MAIL", "NAME"), "push", List.of("NAME")));
  private static final List<String> COLUMNS = List.of("ID", "NAME", "MAIL");
  private final Forms forms = new Forms(RULES, () -> COLUMNS);
  private final Forms guide = new Forms(AnswerRules.GUIDE, () -> COLUMNS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cb=123",
        "&&",
        "=",
        "%zz=1&cb",
        "Shape=object",
        "shape%=object",
        "%ff=1",
        "shapes=object&fields2=A",
        "?shape=object",
        "a=b=c&shape.=map"
      })
  void read_nothingThatIsKnown_isTheUsualForm(String query) {
    assertThat(forms.read(query, ANYBODY)).isSameAs(forms.usual(ANYBODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shape=map",
        "%73hape=m%61p",
        "cb=1&shape=map&cb=2",
        "&shape=map&",
        "cb&shape=map"
      })
  void read_shape_isWhatIsAsked(String query) {
    Form form = forms.read(query, ANYBODY);
    assertThat(form)
        .isEqualTo(new Form(AnswerShape.MAP, Selection.WHOLE, MissingPolicy.OMIT, false));
  }

  @Test
  void read_missingAndUnavailable_areWhatIsAsked() {
    assertThat(forms.read("missing=not-found", ANYBODY).missing())
        .isEqualTo(MissingPolicy.NOT_FOUND);
    Form form = forms.read("missing=default&unavailable=default", ANYBODY);
    assertThat(form.missing()).isEqualTo(MissingPolicy.DEFAULT);
    assertThat(form.standsIn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fields=MAIL,ID|{\"MAIL\":3,\"ID\":1}",
        "fields=MAIL%2CID|{\"MAIL\":3,\"ID\":1}",
        "fields=N%41ME|{\"NAME\":2}",
        "view=mail|{\"MAIL\":3,\"NAME\":2}",
        "view=push&shape=object|{\"NAME\":2}"
      })
  void read_fieldsOrView_areCut(String query, String expected) {
    assertThat(
            forms
                .read(query, ANYBODY)
                .selection()
                .of(Outcomes.row("{\"ID\":1,\"NAME\":2,\"MAIL\":3}")))
        .get()
        .extracting(row -> Outcomes.text(row))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape=tree|shape is tree: write array, object or map",
        "shape=Map|shape is Map: write array, object or map",
        "shape=|shape is empty: write array, object or map",
        "shape|shape is empty: write array, object or map",
        "shape=map&shape=map|shape is given twice: write array, object or map",
        "shape=map&%73hape=map|shape is given twice: write array, object or map",
        "shape=%zz|shape cannot be decoded (it has a % without two hexadecimal digits): write"
            + " array, object or map",
        "shape=%ff|shape cannot be decoded (it is not UTF-8): write array, object or map",
        "shape=+map|shape is +map: write array, object or map",
        "missing=null|missing is null: write omit, not-found or default",
        "missing=not_found|missing is not_found: write omit, not-found or default",
        "unavailable=omit|unavailable is omit: write missing=default&unavailable=default, or leave"
            + " it out",
        "unavailable=default|unavailable is given without missing=default: write"
            + " missing=default&unavailable=default, or leave it out",
        "unavailable=default&missing=omit|unavailable is given without missing=default: write"
            + " missing=default&unavailable=default, or leave it out",
        "view=male|view is male: write mail or push",
        "view=mail&fields=ID|view cannot stand beside fields: write mail or push",
        "fields=ID,NOPE|fields has NOPE: write names of columns, each once, with commas between"
            + " them: ID, NAME, MAIL",
        "fields=id|fields has id: write names of columns, each once, with commas between them: ID,"
            + " NAME, MAIL",
        "fields=ID,ID|fields has ID twice: write names of columns, each once, with commas between"
            + " them: ID, NAME, MAIL",
        "fields=ID,|fields has an empty name: write names of columns, each once, with commas"
            + " between them: ID, NAME, MAIL",
        "fields=|fields is empty: write names of columns, each once, with commas between them: ID,"
            + " NAME, MAIL",
        "fields=ID+|fields has ID+: write names of columns, each once, with commas between them:"
            + " ID, NAME, MAIL",
      })
  void read_wrong_isABadRequest_thatListsWhatIsAllowed(String query, String detail) {
    Problem problem = problem(forms, query);
    assertThat(problem.status()).isEqualTo(Status.BAD_REQUEST_400);
    assertThat(problem.detail()).isEqualTo(detail);
  }

  @Test
  void read_whatTheDatasetDoesNotHave_isABadRequest() {
    assertThat(problem(guide, "missing=default").detail())
        .isEqualTo(
            "missing cannot be default, as this dataset has no default-row: write omit or"
                + " not-found");
    assertThat(problem(guide, "unavailable=default").detail())
        .isEqualTo(
            "unavailable is given without missing=default: leave it out, as this dataset has no"
                + " default-row");
    assertThat(problem(guide, "view=mail").detail())
        .isEqualTo("view is mail: this dataset has no views");
  }

  @Test
  void read_columnsNotKnownYet_isUnavailable_andOnlyWhereTheyAreAskedFor() {
    boolean[] isKnown = {false};
    Forms late = new Forms(RULES, () -> isKnown[0] ? COLUMNS : List.of());
    assertThat(problem(late, "fields=ID").status()).isEqualTo(Status.SERVICE_UNAVAILABLE_503);
    assertThat(problem(late, "view=mail").status()).isEqualTo(Status.SERVICE_UNAVAILABLE_503);
    assertThat(problem(late, "view=male").status()).isEqualTo(Status.BAD_REQUEST_400);
    assertThat(late.read("shape=object", ANYBODY).shape()).isEqualTo(AnswerShape.OBJECT);
    isKnown[0] = true;
    assertThat(late.read("fields=ID", ANYBODY).selection()).isInstanceOf(Fields.class);
    assertThat(problem(late, "fields=X").status()).isEqualTo(Status.BAD_REQUEST_400);
  }

  @Test
  void read_longValue_isShownInPart() {
    assertThat(problem(forms, "shape=" + "x".repeat(10_000)).detail()).hasSizeLessThan(150);
  }

  @Test
  void read_anyText_isAFormOrABadRequest() {
    Property.check(
        random -> {
          StringBuilder query = new StringBuilder();
          String[] parts = {
            "shape",
            "fields",
            "view",
            "missing",
            "unavailable",
            "=",
            "&",
            "%",
            "%41",
            ",",
            "ID",
            "default",
            "map",
            "x",
            "%2C",
            "+"
          };
          for (int i = random.nextInt(12); i > 0; i--) {
            query.append(parts[random.nextInt(parts.length)]);
          }
          try {
            forms.read(query + Property.text(random, 3), ANYBODY);
          } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(Status.BAD_REQUEST_400);
          }
        });
  }

  private static Problem problem(Forms forms, String query) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> forms.read(query, ANYBODY));
    assertThat(refusal).as("is refused").isNotNull();
    return refusal.problem();
  }
}
