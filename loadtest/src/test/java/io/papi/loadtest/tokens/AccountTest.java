package io.papi.loadtest.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountTest {

  @ParameterizedTest
  @CsvSource({
    "myorg-my_account, MYORG-MY_ACCOUNT",
    "xy12345.us-east-1, XY12345",
    "xy12345.us-east-1.aws, XY12345",
    "xy12345-a1b2c3.global, XY12345",
  })
  void claim_isUpperCaseWithoutRegion(String identifier, String claim) {
    assertThat(new Account(identifier).claim()).isEqualTo(claim);
  }

  @ParameterizedTest
  @CsvSource({
    "MYORG-MY_ACCOUNT, myorg-my-account.snowflakecomputing.com",
    "xy12345.us-east-1, xy12345.us-east-1.snowflakecomputing.com",
  })
  void host_isTheAccountsWithHyphens(String identifier, String host) {
    assertThat(new Account(identifier).host()).isEqualTo(host);
  }

  @Test
  void new_noIdentifier_throwsException() {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> new Account("https://myorg-myaccount"));
  }
}
