package io.papi.loadtest.requests;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.feeders.KnownAddresses;

/**
 * Requests for customers by their e-mail addresses, as {@code service/examples/email} has them.
 * Each answer must hold the customers who have the addresses, in their order.
 */
public final class AddressRequests {
  /** The name of {@link #posted}. */
  public static final String POSTED = "list of addresses in a body";

  private static final String BY_ADDRESS = "/customer/email";

  private AddressRequests() {}

  /** The customer with the address of the session's record, under the name of its kind. */
  public static HttpRequestActionBuilder ofRecord() {
    return http("#{" + Customers.KIND + "}")
        .get(BY_ADDRESS + "/#{" + KnownAddresses.ADDRESS + "}")
        .check(AnswerChecks.ok(), AnswerChecks.json(), addressesAskedFor());
  }

  /** The customers with the addresses of the session's record. */
  public static HttpRequestActionBuilder posted() {
    return http(POSTED)
        .post(BY_ADDRESS)
        .asJson()
        .body(StringBody("{\"ids\":[#{" + KnownAddresses.ADDRESSES + "}]}"))
        .check(AnswerChecks.ok(), AnswerChecks.json(), addressesAskedFor());
  }

  /**
   * The addresses of all customers of the session's record, by their ids in a body.
   *
   * @param answer the attribute that gets the answer
   */
  public static HttpRequestActionBuilder addresses(String answer) {
    return http("list of ids in a body")
        .post("/customer")
        .asJson()
        .body(
            StringBody(
                "{\"ids\":[#{%s}],\"fields\":[\"C_CUSTOMER_SK\",\"C_EMAIL_ADDRESS\"]}"
                    .formatted(Customers.IDS)))
        .check(
            AnswerChecks.ok(),
            AnswerChecks.json(),
            CustomerRequests.customersAskedFor(),
            bodyString().saveAs(answer));
  }

  private static CheckBuilder addressesAskedFor() {
    return jsonPath("$[*].C_EMAIL_LOWER")
        .findAll()
        .transform(addresses -> String.join(",", addresses))
        .isEL("#{" + KnownAddresses.FOLDED + "}")
        .name("addresses asked for");
  }
}
