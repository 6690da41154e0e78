package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An error as callers see it (RFC 9457, Problem Details for HTTP APIs).
 *
 * @param error the short text that the published guide has
 * @param detail one sentence that names the input and the limit
 * @param unavailable the ids about which nothing is known, in the order asked
 * @param missing the ids that have no row, in the order asked
 * @param headers those that the answer has beside those of all problems
 */
public record Problem(
    Status status,
    String error,
    String detail,
    List<String> unavailable,
    List<String> missing,
    List<Header> headers) {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  public Problem {
    unavailable = List.copyOf(unavailable);
    missing = List.copyOf(missing);
    headers = List.copyOf(headers);
  }

  public static Problem of(Status status, String detail) {
    return new Problem(status, status.reasonPhrase(), detail, List.of(), List.of(), List.of());
  }

  public static Problem badRequest(String detail) {
    return of(Status.BAD_REQUEST_400, detail);
  }

  /** Some ids could not be answered. */
  public static Problem unavailable(Status status, String detail, List<String> ids) {
    return new Problem(status, status.reasonPhrase(), detail, ids, List.of(), List.of());
  }

  /**
   * The caller has done too much.
   *
   * @param wait how long until it may again; told in whole seconds, rounded up
   */
  public static Problem tooMany(String detail, Duration wait, List<String> ids) {
    long seconds = Math.max(1, wait.plusNanos(NANOS_PER_SECOND - 1).toSeconds());
    return unavailable(Status.TOO_MANY_REQUESTS_429, detail, ids)
        .with(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds));
  }

  /** This with one more header. */
  public Problem with(Header header) {
    List<Header> more = new ArrayList<>(headers);
    more.add(header);
    return new Problem(status, error, detail, unavailable, missing, more);
  }

  /** None of the ids has a row. */
  public static Problem missing(List<String> ids) {
    Status status = Status.NOT_FOUND_404;
    String detail = "none of these ids has a row";
    return new Problem(status, status.reasonPhrase(), detail, List.of(), ids, List.of());
  }

  static Problem notFound() {
    return new Problem(
        Status.NOT_FOUND_404,
        "Not found!",
        "there is nothing at this path",
        List.of(),
        List.of(),
        List.of());
  }

  static Problem methodNotAllowed(List<Method> allowed) {
    Status status = Status.METHOD_NOT_ALLOWED_405;
    String detail = "this path takes " + Route.names(allowed, " and ");
    return of(status, detail)
        .with(HeaderValues.create(HeaderNames.ALLOW, Route.names(allowed, ", ")));
  }
}
