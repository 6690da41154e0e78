package io.papi.http.dataset.body;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import java.util.regex.Pattern;

/**
 * What a request must say of its body. A page of another site cannot say that a body is JSON,
 * unless its browser has asked before whether it may (CORS): a form has no such media type.
 */
public final class BodyHeaders {
  private static final Pattern JSON =
      Pattern.compile(
          "application/json[ \\t]*(;[ \\t]*(charset=\"?utf-8\"?[ \\t]*)?)?",
          Pattern.CASE_INSENSITIVE);

  private BodyHeaders() {}

  /**
   * Checks them.
   *
   * @throws ProblemException 415 if the body is not JSON in UTF-8, as it is
   */
  public static void check(ServerRequest request) {
    Headers headers = request.headers();
    if (!JSON.matcher(value(headers, HeaderNames.CONTENT_TYPE)).matches()) {
      throw unsupported("the body is to be JSON: send Content-Type: application/json");
    }
    String coding = value(headers, HeaderNames.CONTENT_ENCODING);
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw unsupported("this server knows no coding of a body: send it without Content-Encoding");
    }
  }

  private static String value(Headers headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).values() : "";
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(Problem.of(Status.UNSUPPORTED_MEDIA_TYPE_415, detail));
  }
}
