package io.papi.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every route does around its own work: a request id on each answer, GET and HEAD alone,
 * errors as problems, and the time taken. Thread-safe.
 */
final class Route implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Route.class);

  private static final Header NOSNIFF =
      HeaderValues.createCached(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");

  private final Work work;
  private final Health health;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final RequestTimers timers;
  private final Ticker ticker;

  /** The work of a route. */
  @FunctionalInterface
  interface Work {

    /**
     * Answers a GET or HEAD.
     *
     * @param start when the request was taken up
     * @throws ProblemException if the answer is a problem
     */
    void answer(ServerRequest request, ServerResponse response, long start);
  }

  Route(
      Work work,
      Health health,
      RequestIds requestIds,
      ProblemWriter problems,
      RequestTimers timers,
      Ticker ticker) {
    this.work = work;
    this.health = health;
    this.requestIds = requestIds;
    this.problems = problems;
    this.timers = timers;
    this.ticker = ticker;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = ticker.nanos();
    Header requestId = requestIds.of(request.headers());
    response.header(requestId);
    response.header(NOSNIFF);
    if (health.stage() == Health.Stage.DRAINING) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    Method method = request.prologue().method();
    try {
      if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
        throw new ProblemException(Problem.methodNotAllowed());
      }
      work.answer(request, response, start);
    } catch (ProblemException e) {
      problems.send(request, response, e.problem(), requestId.get());
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("request {} failed unexpectedly", requestId.get(), e);
      if (response.isSent()) {
        throw e;
      }
      Problem problem = Problem.of(Status.INTERNAL_SERVER_ERROR_500, "the service has a fault");
      problems.send(request, response, problem, requestId.get());
    } finally {
      timers.record(method, response.status(), ticker.nanos() - start);
    }
  }
}
