package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.Preconditions;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.exchange.Route;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Requester;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code GET /<dataset>/<id[,id…]>}: the rows of the ids, as a JSON array. Thread-safe. */
public final class DatasetRoute implements Route.Work {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String prefix;
  private final Lookup lookup;
  private final Freshness freshness;
  private final IdParser parser;
  private final Duration deadline;
  private final Ticker ticker;
  private final AnswerHeaders answerHeaders;
  private final DistributionSummary rowAge;
  private final Counter staleServed;
  private final AtomicInteger inflight;

  public DatasetRoute(
      ServedDataset served,
      int maxIds,
      Duration deadline,
      AtomicInteger inflight,
      MeterRegistry meters,
      Ticker ticker) {
    Dataset dataset = served.dataset();
    this.prefix = "/" + dataset.name() + "/";
    this.lookup = served.lookup();
    this.freshness = dataset.freshness();
    this.parser = new IdParser(dataset.keyType(), maxIds);
    this.deadline = deadline;
    this.inflight = inflight;
    this.ticker = ticker;
    this.answerHeaders = new AnswerHeaders(freshness);
    this.rowAge =
        DistributionSummary.builder("papi.row.age")
            .description("Age of what was served, counted per id")
            .baseUnit("seconds")
            .tag("dataset", dataset.name())
            .serviceLevelObjectives(1, 10, 60, 120, 180, 300, 600, 1800, 3600)
            .register(meters);
    this.staleServed =
        Counter.builder("papi.stale.served")
            .description("Ids served past their fresh time, because the store could not answer")
            .tag("dataset", dataset.name())
            .register(meters);
  }

  @Override
  public void answer(ServerRequest request, ServerResponse response, long start) {
    String path = request.prologue().uriPath().rawPath();
    Set<Key> keys = parser.parse(path.substring(prefix.length()));
    Headers headers = request.headers();
    long oldest = Math.min(freshness.freshFor().toNanos(), RequestHeaders.maxAgeNanos(headers));
    Requester requester = CallerConnection.of(request).requester();
    Answer answer =
        find(keys, new Need(start, start - oldest, Deadline.after(deadline, start), requester));
    String entityTag = answer.entityTag();
    boolean unchanged = Preconditions.isUnchanged(headers, entityTag);
    response.header(HeaderValues.create(HeaderNames.ETAG, entityTag));
    answerHeaders.add(answer, response.headers());
    if (unchanged) {
      Body.sendUnchanged(request, response);
    } else {
      Body.send(request, response, answer);
    }
  }

  private Answer find(Set<Key> keys, Need need) {
    inflight.incrementAndGet();
    try {
      if (keys.size() == 1) {
        Key key = keys.iterator().next();
        return assemble(keys, Map.of(key, lookup.find(key, need)));
      }
      return assemble(keys, lookup.find(keys, need));
    } finally {
      inflight.decrementAndGet();
    }
  }

  private Answer assemble(Set<Key> keys, Map<Key, Outcome> outcomes) {
    Answer answer = new Answer(freshness, keys.size(), ticker.recentNanos());
    for (Key key : keys) {
      switch (requireNonNull(outcomes.get(key), "no outcome for a key that was asked")) {
        case Unreadable _, Unavailable _ -> throw new ProblemException(unavailable(keys, outcomes));
        case Known known -> count(answer.add(known));
      }
    }
    return answer;
  }

  private void count(long ageNanos) {
    rowAge.record(ageNanos / NANOS_PER_SECOND);
    if (ageNanos > freshness.freshFor().toNanos()) {
      staleServed.increment();
    }
  }

  private Problem unavailable(Set<Key> keys, Map<Key, Outcome> outcomes) {
    List<String> ids = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (Key key : keys) {
      Outcome outcome = outcomes.get(key);
      if (outcome instanceof Unavailable(Reason reason)) {
        ids.add(key.text());
        reasons.add(reason);
      } else if (outcome instanceof Unreadable) {
        ids.add(key.text());
        unreadable.add(key.text());
      }
    }
    Status status;
    String detail;
    if (!unreadable.isEmpty()) {
      // This comes first: for these ids it does not help to ask again.
      status = Status.BAD_GATEWAY_502;
      detail = "what the store has of these ids cannot be shown: " + String.join(", ", unreadable);
    } else if (reasons.contains(Reason.SCHEMA_MISMATCH)) {
      status = Status.BAD_GATEWAY_502;
      detail = "the store's table is not what this dataset is configured to be";
    } else if (reasons.equals(EnumSet.of(Reason.DEADLINE))) {
      status = Status.GATEWAY_TIMEOUT_504;
      detail = "no answer within " + deadline.toMillis() + " ms";
    } else if (reasons.contains(Reason.OVERLOADED)) {
      status = Status.SERVICE_UNAVAILABLE_503;
      detail = "too many are waiting for the store";
    } else {
      status = Status.SERVICE_UNAVAILABLE_503;
      detail = "the store cannot be asked now";
    }
    return new Problem(status, status.reasonPhrase(), detail, ids, List.of());
  }
}
