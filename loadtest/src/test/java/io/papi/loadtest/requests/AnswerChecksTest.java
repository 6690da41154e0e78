package io.papi.loadtest.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerChecksTest {
  private static final String MEANING =
      "login page: token missing, expired or not for this endpoint";

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void statusInWords_redirect_isExplained(int status) {
    assertThat(AnswerChecks.statusInWords(status)).isEqualTo(status + ", " + MEANING);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 304, 400, 503})
  void statusInWords_other_isTheNumber(int status) {
    assertThat(AnswerChecks.statusInWords(status)).isEqualTo(Integer.toString(status));
  }

  @Test
  void typeInWords_page_isExplained() {
    assertThat(AnswerChecks.typeInWords("text/html;charset=utf-8"))
        .isEqualTo("text/html;charset=utf-8, " + MEANING);
  }

  @Test
  void typeInWords_json_isItself() {
    assertThat(AnswerChecks.typeInWords("application/json")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "59, true", "0, false", "-1, false", "1.5, false", "soon, false"})
  void isWholeSeconds_atLeastOne(String text, boolean expected) {
    assertThat(AnswerChecks.isWholeSeconds(text)).isEqualTo(expected);
  }
}
