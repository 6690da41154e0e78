package io.papi.loadtest.requests;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.Http;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.keys.ApiKey;
import io.papi.loadtest.platform.EndpointWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Requests for customers. Each answer must hold the customers asked for, in their order. */
public final class CustomerRequests {
  /** The longest that a marketing platform waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final String ASKED = "#{" + Customers.IDS + "}";
  private static final String PATH = "/customer/" + ASKED;

  private CustomerRequests() {}

  /**
   * How all of them are sent: signed in as the options say, not out of a cache, and a redirect is
   * an answer.
   *
   * @throws io.papi.loadtest.tokens.TokenException if a token is wanted and cannot be had
   */
  public static HttpProtocolBuilder protocol(Options options) {
    return protocol(options, options.keyFile().map(ApiKey::in));
  }

  /** The same by the caller with this key. */
  public static HttpProtocolBuilder protocol(Options options, ApiKey key) {
    return protocol(options, Optional.of(key));
  }

  private static HttpProtocolBuilder protocol(Options options, Optional<ApiKey> key) {
    return new SigningIn(options, key)
        .of(
            http.baseUrl(options.url().toString())
                .acceptHeader("application/json")
                .userAgentHeader("papi-loadtest")
                .disableCaching()
                .disableFollowRedirect());
  }

  /** The customers of the session's record, under the name of its kind. */
  public static HttpRequestActionBuilder ofRecord() {
    return named("#{" + Customers.KIND + "}");
  }

  /** The customers of the session's record. */
  public static HttpRequestActionBuilder named(String name) {
    return checked(http(name));
  }

  /** The customers of the session's record, under a name that the moment gives. */
  public static HttpRequestActionBuilder named(Function<Session, String> name) {
    return checked(http(name));
  }

  /** The customers of the session's record, or a refusal: only a wrong 200 fails. */
  public static HttpRequestActionBuilder answeredOrRefused() {
    return http("answered or refused")
        .get(PATH)
        .check(AnswerChecks.okOr(503))
        .checkIf((response, session) -> response.status().code() == OK)
        .then(customersAskedFor());
  }

  /**
   * Customers that nobody has, or a refusal because the caller is over one of its limits, which
   * says after how many seconds to come again.
   */
  public static HttpRequestActionBuilder nobodyOrOverLimit() {
    return http("nobody or over a limit")
        .get(PATH)
        .check(AnswerChecks.okOr(TOO_MANY))
        .checkIf((response, session) -> response.status().code() == OK)
        .then(bodyString().is("[]").name("nobody"))
        .checkIf((response, session) -> response.status().code() == TOO_MANY)
        .then(AnswerChecks.retryAfter());
  }

  private static HttpRequestActionBuilder checked(Http named) {
    return named.get(PATH).check(AnswerChecks.ok(), AnswerChecks.json(), customersAskedFor());
  }

  /**
   * The customers of the session's record, as a marketing platform asks: any type of answer, a
   * content type without content.
   *
   * @param watch what takes note of each answer
   */
  public static HttpRequestActionBuilder byPlatform(String name, EndpointWatch watch) {
    return http(name)
        .get(PATH)
        .header("Accept", "*/*")
        .header("Content-Type", "application/json")
        .requestTimeout(PATIENCE)
        .transformResponse(
            (response, session) -> {
              watch.answered(response.status().code());
              return response;
            })
        .check(AnswerChecks.ok(), AnswerChecks.json(), customersAskedFor());
  }

  static CheckBuilder customersAskedFor() {
    return jsonPath("$[*].C_CUSTOMER_SK")
        .findAll()
        .transform(ids -> String.join(",", ids))
        .isEL(ASKED)
        .name("customers asked for");
  }
}
