package io.papi.http.query;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.caller.Callers;
import io.papi.caller.PerCaller;
import io.papi.dataset.Freshness;
import io.papi.http.answer.Ages;
import io.papi.http.answer.AnswerHeaders;
import io.papi.http.answer.AnswerMeters;
import io.papi.http.answer.Findings;
import io.papi.http.answer.Needs;
import io.papi.http.answer.StoreProblem;
import io.papi.http.answer.Tags;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Preconditions;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.format.Format;
import io.papi.http.format.Formats;
import io.papi.http.format.Negotiation;
import io.papi.lookup.Deadline;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import io.papi.query.Query;
import io.papi.reporting.CallerTag;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code GET} of a query's paths: one answer, in one of the formats. Thread-safe. */
public final class QueryRoute {
  static final String MISMATCH =
      "the store does not take this query any more, or its columns have changed";

  private final Query query;
  private final Lookup lookup;
  private final Freshness freshness;
  private final Needs needs;
  private final ArgumentReader reader;
  private final RecentRequests recent = new RecentRequests();
  private final Formats formats;
  private final Map<Format, AnswerHeaders> headers = new EnumMap<>(Format.class);
  private final PerCaller<AnswerMeters> answerMeters;
  private final AtomicInteger inflight;
  private final Ticker ticker;

  public QueryRoute(
      ServedQuery served,
      Callers callers,
      AtomicInteger inflight,
      MeterRegistry meters,
      Ticker ticker) {
    this.query = served.query();
    this.lookup = served.lookup();
    this.freshness = query.freshness();
    this.needs = new Needs(freshness);
    this.reader = new ArgumentReader(query);
    this.formats = new Formats(query.name(), served.columns(), meters);
    Ages ages = new Ages(freshness);
    for (Format format : Format.values()) {
      // Which format it is depends on that header where the query string does not say.
      headers.put(
          format,
          new AnswerHeaders(
              freshness, ages, formats.headers(format).and(HeaderNames.VARY, "Accept")));
    }
    this.answerMeters =
        new PerCaller<>(
            callers,
            caller ->
                new AnswerMeters(query.name(), CallerTag.of(callers, caller), freshness, meters));
    this.inflight = inflight;
    this.ticker = ticker;
  }

  /**
   * Answers a request for {@code path}.
   *
   * @param start when work on it began
   * @throws ProblemException if the answer is a problem
   */
  public void answer(
      TemplatePath path,
      ServerRequest request,
      ServerResponse response,
      Admitted admitted,
      long start) {
    Asked asked = recent.of(request.prologue(), () -> reader.read(request, path));
    Format format = Negotiation.of(asked.format(), request.headers());
    Found found = find(asked, request, admitted, start);
    Findings findings = new Findings(freshness, 1, ticker.recentNanos());
    findings.found(found.row(), found);
    answerMeters.of(admitted.caller()).served(findings);
    String entityTag = Tags.header(formats.tag(format, found.row()));
    boolean unchanged = Preconditions.isUnchanged(request.headers(), entityTag);
    response.header(HeaderValues.create(HeaderNames.ETAG, entityTag));
    requireNonNull(headers.get(format), "no headers").add(findings, response.headers());
    if (unchanged) {
      Body.sendUnchanged(request, response);
    } else {
      Body.send(request, response, formats.body(format, found.row()));
    }
  }

  private Found find(Asked asked, ServerRequest request, Admitted admitted, long start) {
    Deadline deadline = Deadline.after(query.limits().deadline(), start);
    Need need = needs.of(request, admitted, deadline, 1, start);
    Outcome outcome;
    inflight.incrementAndGet();
    try {
      outcome = lookup.find(asked.key(), need);
    } finally {
      inflight.decrementAndGet();
    }
    return switch (outcome) {
      case Found found -> found;
      case Unreadable unreadable -> throw new ProblemException(problem(unreadable.fault()));
      case Unavailable(var reason) ->
          throw new ProblemException(
              StoreProblem.of(
                  EnumSet.of(reason),
                  query.limits().deadline(),
                  MISMATCH,
                  need.budget(),
                  List.of()));
      case Absent _ -> throw new IllegalStateException("a query's answer cannot be absent");
    };
  }

  private Problem problem(Fault fault) {
    return switch (fault) {
      case VALUE -> unreadable();
      case TOO_LARGE ->
          Problem.of(
              Status.UNPROCESSABLE_CONTENT_422,
              "the answer has more than %d rows or %d bytes: ask for less of it"
                  .formatted(query.limits().maxRows(), query.limits().maxBytes()));
    };
  }

  static Problem unreadable() {
    return Problem.of(
        Status.BAD_GATEWAY_502, "what the store answers to this query cannot be shown");
  }
}
