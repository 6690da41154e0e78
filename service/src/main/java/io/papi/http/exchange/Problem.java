package io.papi.http.exchange;

import io.helidon.http.Status;
import java.util.List;

/**
 * An error as callers see it (RFC 9457, Problem Details for HTTP APIs).
 *
 * @param error the short text that the published guide has
 * @param detail one sentence that names the input and the limit
 * @param unavailable the ids about which nothing is known, in the order asked
 * @param missing the ids that have no row, in the order asked
 * @param allowed the methods that the path takes, for a request with another one
 */
public record Problem(
    Status status,
    String error,
    String detail,
    List<String> unavailable,
    List<String> missing,
    List<String> allowed) {

  public Problem {
    unavailable = List.copyOf(unavailable);
    missing = List.copyOf(missing);
    allowed = List.copyOf(allowed);
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

  static Problem methodNotAllowed(List<String> allowed) {
    Status status = Status.METHOD_NOT_ALLOWED_405;
    String detail = "this path takes " + String.join(" and ", allowed);
    return new Problem(status, status.reasonPhrase(), detail, List.of(), List.of(), allowed);
  }
}
