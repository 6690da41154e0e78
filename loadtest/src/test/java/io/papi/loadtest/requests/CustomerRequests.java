package io.papi.loadtest.requests;

import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.feeders.Customers;

/** Requests for customers. */
public final class CustomerRequests {
  private CustomerRequests() {}

  /** How all of them are sent; a redirect is an answer, not a way to go. */
  public static HttpProtocolBuilder protocol(String url) {
    return http.baseUrl(url)
        .acceptHeader("application/json")
        .userAgentHeader("papi-loadtest")
        .disableFollowRedirect();
  }

  /** One customer, who must be the one asked for. */
  public static HttpRequestActionBuilder one() {
    return http("one customer")
        .get("/customer/#{" + Customers.ID + "}")
        .check(
            status().is(200),
            jsonPath("$[*].C_CUSTOMER_SK")
                .findAll()
                .transform(ids -> String.join(",", ids))
                .isEL("#{" + Customers.ID + "}"));
  }
}
