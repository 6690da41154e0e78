package io.papi.http.exchange;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The work of a path at which there is nothing. Immutable. */
public final class NotFound implements Route.Work {

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    throw new ProblemException(Problem.notFound());
  }
}
