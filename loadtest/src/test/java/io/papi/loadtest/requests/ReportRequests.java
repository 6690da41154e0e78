package io.papi.loadtest.requests;

import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.feeders.Ranges;
import java.util.Collections;
import java.util.List;

/**
 * Requests for the report of the ten best customers, as {@code service/examples/reports} has it.
 * Each answer must have ten, the best first.
 */
public final class ReportRequests {
  /** The name of {@link #cold}. */
  public static final String COLD = "cold report";

  /** The name of {@link #cached}. */
  public static final String CACHED = "cached report";

  private static final int CUSTOMERS = 10;

  private ReportRequests() {}

  /** Of a range that nobody has asked for. */
  public static HttpRequestActionBuilder cold() {
    return named(COLD);
  }

  /** Of a range that was asked for before; fails if no cache has it. */
  public static HttpRequestActionBuilder cached() {
    return named(CACHED).check(fromACache());
  }

  /** Of a range, under another name. */
  public static HttpRequestActionBuilder named(String name) {
    return http(name)
        .get("/connector/customers/top10")
        .queryParam("start_range", "#{" + Ranges.FROM + "}")
        .queryParam("end_range", "#{" + Ranges.TO + "}")
        .check(AnswerChecks.ok(), AnswerChecks.json(), tenTheBestFirst());
  }

  private static CheckBuilder tenTheBestFirst() {
    return jsonPath("$[*].SUM_TOTALPRICE")
        .ofDouble()
        .findAll()
        .transform(ReportRequests::areTenTheBestFirst)
        .is(true)
        .name("ten customers, the best first");
  }

  static boolean areTenTheBestFirst(List<Double> sums) {
    return sums.size() == CUSTOMERS
        && sums.stream().sorted(Collections.reverseOrder()).toList().equals(sums);
  }

  private static CheckBuilder fromACache() {
    return header("Cache-Status")
        .transform(status -> status.endsWith("; hit"))
        .is(true)
        .name("from a cache");
  }
}
