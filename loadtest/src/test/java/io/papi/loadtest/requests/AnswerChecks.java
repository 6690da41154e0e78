package io.papi.loadtest.requests;

import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.CheckBuilder;
import io.papi.loadtest.tokens.LoginPage;
import java.util.regex.Pattern;

/** Checks that hold for any answer, and that explain a login page. */
final class AnswerChecks {
  private static final int OK = 200;
  private static final String JSON = "application/json";

  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,4}");

  private AnswerChecks() {}

  /** Status 200. */
  static CheckBuilder ok() {
    return status().transform(AnswerChecks::statusInWords).is(statusInWords(OK)).name("status");
  }

  /** Status 200 or another. */
  static CheckBuilder okOr(int other) {
    return status()
        .transform(AnswerChecks::statusInWords)
        .in(statusInWords(OK), statusInWords(other))
        .name("status");
  }

  /** A body of JSON. */
  static CheckBuilder json() {
    return header("Content-Type").transform(AnswerChecks::typeInWords).is(JSON).name("type");
  }

  /** The seconds after which to come again, at least one. */
  static CheckBuilder retryAfter() {
    return header("Retry-After")
        .transform(AnswerChecks::isWholeSeconds)
        .is(true)
        .name("whole seconds to wait");
  }

  static boolean isWholeSeconds(String text) {
    return SECONDS.matcher(text).matches();
  }

  /** The status in words. */
  static String statusInWords(int status) {
    return LoginPage.isRedirect(status) ? status + ", " + LoginPage.MEANING : "" + status;
  }

  /** The content type in words. */
  static String typeInWords(String type) {
    return LoginPage.isPage(type) ? type + ", " + LoginPage.MEANING : type;
  }
}
