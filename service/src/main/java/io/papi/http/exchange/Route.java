package io.papi.http.exchange;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.caller.Caller;
import io.papi.lookup.Ticker;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every route does around its own work: puts a request id on each answer, takes its methods
 * only, lets in who may come, turns errors into problems, and measures the time. Thread-safe.
 */
public final class Route implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Route.class);

  /** The methods of a route that only reads. */
  public static final List<Method> READ = List.of(Method.GET, Method.HEAD);

  private final List<Method> methods;
  private final Gate gate;
  private final Work work;
  private final Health health;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final Observer observer;
  private final Ticker ticker;

  /** The work of a route. */
  @FunctionalInterface
  public interface Work {

    /**
     * Answers a request with one of the route's methods.
     *
     * @param admitted who it is from
     * @param start when work on the request began
     * @throws ProblemException if the answer is a problem
     */
    void answer(ServerRequest request, ServerResponse response, Admitted admitted, long start);
  }

  /** Who is told of each answer. */
  @FunctionalInterface
  public interface Observer {

    /**
     * A request has been answered.
     *
     * @param caller who it is from, as far as that was to be known
     * @param nanos the time from its headers to its answer
     */
    void answered(
        Caller caller, Method method, Headers headers, Status status, String requestId, long nanos);
  }

  public Route(
      List<Method> methods,
      Gate gate,
      Work work,
      Health health,
      RequestIds requestIds,
      ProblemWriter problems,
      Observer observer,
      Ticker ticker) {
    this.methods = List.copyOf(methods);
    this.gate = gate;
    this.work = work;
    this.health = health;
    this.requestIds = requestIds;
    this.problems = problems;
    this.observer = observer;
    this.ticker = ticker;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = ticker.nanos();
    Headers headers = request.headers();
    String requestId = requestIds.of(headers);
    RequestIds.addTo(response.headers(), requestId);
    TraceParent.of(headers).ifPresent(response::header);
    if (health.stage() == Health.Stage.DRAINING) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    Method method = request.prologue().method();
    Caller caller = gate.unnamed();
    try {
      if (!methods.contains(method)) {
        throw new ProblemException(Problem.methodNotAllowed(methods));
      }
      Admitted admitted = gate.enter(request);
      caller = admitted.caller();
      work.answer(request, response, admitted, start);
    } catch (RefusedException e) {
      caller = e.caller();
      gate.refused(e);
      problems.send(request, response, e.problem(), requestId);
    } catch (ProblemException e) {
      problems.send(request, response, e.problem(), requestId);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("request {} failed unexpectedly", requestId, e);
      if (response.isSent()) {
        throw e;
      }
      Problem problem = Problem.of(Status.INTERNAL_SERVER_ERROR_500, "the service has a fault");
      problems.send(request, response, problem, requestId);
    } finally {
      observer.answered(
          caller, method, headers, response.status(), requestId, ticker.nanos() - start);
    }
  }

  static String names(List<Method> methods, String separator) {
    return methods.stream().map(Method::text).collect(Collectors.joining(separator));
  }
}
