package io.papi.loadtest.requests;

import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.CheckBuilder;
import io.papi.loadtest.tokens.LoginPage;

/** Checks that hold for any answer, and that explain a login page. */
final class AnswerChecks {
  private static final int OK = 200;
  private static final String JSON = "application/json";

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

  /** The status in words. */
  static String statusInWords(int status) {
    return LoginPage.isRedirect(status) ? status + ", " + LoginPage.MEANING : "" + status;
  }

  /** The content type in words. */
  static String typeInWords(String type) {
    return LoginPage.isPage(type) ? type + ", " + LoginPage.MEANING : type;
  }
}
