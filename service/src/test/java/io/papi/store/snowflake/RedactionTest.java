package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token abcDEF123456 is invalid|token *** is invalid",
        "token ABCDEF123456 is invalid|token *** is invalid",
        "token abcDEF12… is invalid|token ***… is invalid",
        "abcDEF123456abcDEF123456|******",
        "Incorrect username or password was specified.|Incorrect username or password was"
            + " specified.",
      })
  void of_secretOrAPartOfIt_isCutOut(String message, String shown) {
    assertThat(Redaction.of(message, List.of(new Secret("abcDEF123456")))).isEqualTo(shown);
  }

  @Test
  void of_shortSecret_isCutOutAsAWhole() {
    assertThat(Redaction.of("password x9! is wrong", List.of(new Secret("x9!"))))
        .isEqualTo("password *** is wrong");
  }

  @Test
  void of_signedToken_isCutOut() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJTVEFORElOIn0.c2lnbmF0dXJlLW9mLWl0";
    assertThat(Redaction.of("bad " + token, List.of())).isEqualTo("bad ***");
  }

  @Test
  void of_severalLines_isOne_andNotTooLong() {
    assertThat(Redaction.of("a\r\n\tb", List.of())).isEqualTo("a b");
    assertThat(Redaction.of("x".repeat(1_000), List.of())).hasSize(301);
  }
}
