package io.papi.store.snowflake;

import io.papi.secret.UnusableSecretException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Snowflake, or this service itself, does not take the sign-in as it is configured: another try
 * with the same secret fails likewise. The message has no secret, nor the driver's own exception.
 */
final class SignInRefusedException extends SQLInvalidAuthorizationSpecException {
  private static final long serialVersionUID = 1L;

  /** SQL's state for a sign-in that is not valid. */
  private static final String STATE = "28000";

  /** Snowflake's codes for sign-ins that it refuses: a wrong or expired token, password or key. */
  private static final int FIRST_CODE = 390_000;

  private static final int LAST_CODE = 394_999;

  /** An account that is not there, or an address from which nobody may come. */
  private static final Pattern HTTP_REFUSAL = Pattern.compile("HTTP status=(401|403|404)\\b");

  SignInRefusedException(String message, int code) {
    super(message, STATE, code);
  }

  /** A secret's file that cannot be used: the server has not been asked. */
  static SignInRefusedException of(UnusableSecretException unusable) {
    return new SignInRefusedException(String.valueOf(unusable.getMessage()), 0);
  }

  /** Whether this service has found it out, without asking the server. */
  boolean isOfThisService() {
    return getErrorCode() == 0;
  }

  /** What a driver's failure says of a sign-in, where that is a refusal and no outage. */
  static boolean is(SQLException failure) {
    int code = failure.getErrorCode();
    return failure instanceof SQLInvalidAuthorizationSpecException
        || (code >= FIRST_CODE && code <= LAST_CODE)
        || HTTP_REFUSAL.matcher(String.valueOf(failure.getMessage())).find();
  }

  /** The driver's failure without what is not to be shown. */
  static SignInRefusedException of(SQLException failure, Credential credential) {
    String message = String.valueOf(failure.getMessage());
    Matcher http = HTTP_REFUSAL.matcher(message);
    return new SignInRefusedException(
        http.find()
            ? "its server answers HTTP " + http.group(1) + ": is that account's address right?"
            : credential.withoutSecrets(message),
        failure.getErrorCode());
  }
}
