package io.papi.http.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.answer.StoreProblem;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.format.Format;
import io.papi.http.format.FormatStream;
import io.papi.http.format.Formats;
import io.papi.http.format.Negotiation;
import io.papi.lookup.Budget;
import io.papi.query.Arguments;
import io.papi.query.BrokenStreamException;
import io.papi.query.Query;
import io.papi.query.RowCursor;
import io.papi.query.RowStreams;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * {@code GET} of a streamed query's paths: its rows as they are read. What fails before the first
 * byte is a problem; after that the connection is broken, so that nobody takes a part for the
 * whole. Thread-safe.
 */
public final class StreamRoute {
  private final Query query;
  private final RowStreams streams;
  private final ArgumentReader reader;
  private final Formats formats;
  private final int max;
  private final Semaphore free;
  private final StreamMeters streamMeters;

  public StreamRoute(ServedStream served, MeterRegistry meters) {
    this.query = served.query();
    this.streams = served.streams();
    this.reader = new ArgumentReader(query);
    this.formats = new Formats(query.name(), streams::columns, meters);
    this.max = served.limits().maxConcurrent();
    this.free = new Semaphore(max);
    this.streamMeters = new StreamMeters(query.name(), free, max, meters);
  }

  /**
   * Answers a request for {@code path}.
   *
   * @throws ProblemException if the stream does not begin
   * @throws CloseConnectionException if it breaks
   */
  public void answer(
      TemplatePath path, ServerRequest request, ServerResponse response, Admitted admitted) {
    Asked asked = reader.read(request, path);
    Format format = Negotiation.of(asked.format(), request.headers());
    if (request.prologue().method().equals(Method.HEAD)) {
      addHeaders(response, format);
      CallerConnection.of(request).sendHead(response);
      return;
    }
    if (!free.tryAcquire()) {
      streamMeters.refused();
      throw new ProblemException(
          Problem.of(
              Status.SERVICE_UNAVAILABLE_503,
              "%d streams of this query run, and no more may at once".formatted(max)));
    }
    try {
      pay(admitted.storeIds());
      OwnThread.run("stream-" + query.name(), () -> stream(asked, format, request, response));
    } finally {
      free.release();
    }
  }

  /** A stream is as much as one id. */
  private static void pay(Budget budget) {
    if (!budget.take(1)) {
      throw new ProblemException(StoreProblem.overBudget(budget, 1, List.of()));
    }
  }

  private void stream(Asked asked, Format format, ServerRequest request, ServerResponse response) {
    try (RowCursor cursor = streams.open(Arguments.of(asked.key()), asked.limit())) {
      FormatStream stream = formats.stream(format);
      stream.begin(streams.columns());
      int first = cursor.next(stream.rows());
      addHeaders(response, format);
      send(cursor, first, stream, request, response);
    } catch (BrokenStreamException e) {
      throw new ProblemException(problem(e));
    }
  }

  private void send(
      RowCursor cursor,
      int first,
      FormatStream stream,
      ServerRequest request,
      ServerResponse response) {
    // not closed where it breaks: its end would make the part a whole
    OutputStream out = response.outputStream();
    boolean isWhole = false;
    try {
      for (int count = first; count > 0; count = cursor.next(stream.rows())) {
        streamMeters.sent(count, stream.send(out));
      }
      stream.end();
      streamMeters.sent(0, stream.send(out));
      out.close();
      isWhole = true;
    } catch (BrokenStreamException e) {
      streamMeters.brokenByStore(e);
      throw new CloseConnectionException("a stream broke: " + e.getMessage());
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      streamMeters.brokenByReader();
      throw new CloseConnectionException("the reader of a stream has gone", e);
    } finally {
      if (!isWhole && stream.hasSent()) {
        CallerConnection.of(request).breakOff();
      }
    }
  }

  private void addHeaders(ServerResponse response, Format format) {
    formats
        .headers(format)
        .and(HeaderNames.VARY, "Accept")
        .and(HeaderNames.CACHE_CONTROL, "no-store")
        .addTo(response.headers());
  }

  private Problem problem(BrokenStreamException broken) {
    return broken
        .reason()
        .map(
            reason ->
                StoreProblem.of(
                    EnumSet.of(reason),
                    query.limits().deadline(),
                    QueryRoute.MISMATCH,
                    Budget.UNLIMITED,
                    List.of()))
        .orElseGet(QueryRoute::unreadable);
  }
}
