package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

import io.gatling.javaapi.core.Assertion;
import java.util.List;
import java.util.stream.Stream;

/** What the service promises its callers. */
final class Objective {
  private static final int P90_MILLIS = 200;
  private static final int CACHED_P90_MILLIS = 50;

  /** A statement that computes takes longer than one that looks up a row. */
  private static final int REPORT_P90_MILLIS = 500;

  private Objective() {}

  /** Nine of ten answers within 200 ms, and no failure. */
  static List<Assertion> met() {
    return List.of(
        global().responseTime().percentile(90).lt(P90_MILLIS),
        global().failedRequests().count().is(0L));
  }

  /** The objective, and that nine of ten of these requests, whose rows are cached, take 50 ms. */
  static List<Assertion> metAndCached(String request) {
    return Stream.concat(met().stream(), Stream.of(within(request, CACHED_P90_MILLIS))).toList();
  }

  /** The objective for these requests alone. */
  static List<Assertion> metBy(String request) {
    return List.of(within(request, P90_MILLIS), details(request).failedRequests().count().is(0L));
  }

  /**
   * The objective for these two kinds of requests, of which one is cached, and no failure at all.
   */
  static List<Assertion> metBeside(String any, String cached) {
    return List.of(
        within(any, P90_MILLIS),
        within(cached, CACHED_P90_MILLIS),
        global().failedRequests().count().is(0L));
  }

  /** Nine of ten reports within 500 ms, of those that are cached within 50 ms, and no failure. */
  static List<Assertion> metByReports(String cold, String cached) {
    return List.of(
        within(cold, REPORT_P90_MILLIS),
        within(cached, CACHED_P90_MILLIS),
        global().failedRequests().count().is(0L));
  }

  /** Nine of ten of these requests within so many milliseconds, whatever the answer. */
  static Assertion within(String request, int millis) {
    return details(request).responseTime().percentile(90).lt(millis);
  }
}
