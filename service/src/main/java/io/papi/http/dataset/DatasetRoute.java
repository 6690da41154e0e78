package io.papi.http.dataset;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.caller.Callers;
import io.papi.caller.PerCaller;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.http.answer.Ages;
import io.papi.http.answer.AnswerHeaders;
import io.papi.http.answer.AnswerMeters;
import io.papi.http.answer.Findings;
import io.papi.http.answer.Needs;
import io.papi.http.answer.Tags;
import io.papi.http.dataset.body.AskedIds;
import io.papi.http.dataset.body.BodyHeaders;
import io.papi.http.dataset.body.BodyParser;
import io.papi.http.dataset.form.Form;
import io.papi.http.dataset.form.Forms;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.JoinedHeaders;
import io.papi.http.exchange.Preconditions;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.exchange.Route;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Ticker;
import io.papi.reporting.CallerTag;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rows of a dataset by one of its keys, as a JSON array unless the dataset or the request says
 * otherwise. {@code GET /<dataset>/<id[,id…]>} has the ids in the path, {@code POST /<dataset>} in
 * the body. Thread-safe.
 */
public final class DatasetRoute {
  private final String prefix;
  private final Lookup lookup;
  private final Needs needs;
  private final IdParser inPath;
  private final IdParser inBody;
  private final BodyParser bodies;
  private final Forms forms;
  private final Assembler assembler;
  private final Duration deadline;
  private final AnswerHeaders answerHeaders;
  private final PerCaller<AnswerMeters> answerMeters;
  private final PerCaller<DefaultedMeters> defaultedMeters;
  private final AtomicInteger inflight;

  /**
   * @param key of the dataset, by which this route asks
   * @param maxIds of a path
   * @param maxIdsInBody of a body
   */
  public DatasetRoute(
      ServedDataset served,
      ServedKey key,
      int maxIds,
      int maxIdsInBody,
      Duration deadline,
      Callers callers,
      AtomicInteger inflight,
      MeterRegistry meters,
      Ticker ticker) {
    Dataset dataset = served.dataset();
    this.prefix = key.path() + "/";
    this.lookup = key.lookup();
    Freshness freshness = key.freshness();
    this.needs = new Needs(freshness);
    this.inPath = new IdParser(key, maxIds);
    this.inBody = new IdParser(key, maxIdsInBody);
    this.bodies = new BodyParser(maxIdsInBody);
    this.forms = new Forms(dataset.rules(), served.columns());
    this.assembler = new Assembler(freshness, key.defaultRows(), deadline, ticker);
    this.deadline = deadline;
    this.inflight = inflight;
    this.answerHeaders =
        new AnswerHeaders(
            freshness,
            new Ages(freshness),
            JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json"));
    this.answerMeters =
        new PerCaller<>(
            callers,
            caller ->
                new AnswerMeters(key.name(), CallerTag.of(callers, caller), freshness, meters));
    this.defaultedMeters =
        new PerCaller<>(
            callers,
            caller -> new DefaultedMeters(key.name(), CallerTag.of(callers, caller), meters));
  }

  /**
   * Answers GET and HEAD, whose ids stand behind the prefix of the path: a {@link Route.Work}.
   *
   * @throws ProblemException if the answer is a problem
   */
  public void answerPath(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    HttpPrologue prologue = request.prologue();
    Set<Key> keys = inPath.parse(prologue.uriPath().rawPath().substring(prefix.length()));
    Form form =
        prologue.hasQuery()
            ? forms.read(prologue.query().rawValue(), admitted.caller())
            : forms.usual(admitted.caller());
    Findings findings = find(request, admitted, keys, form, start);
    Shaped body = shaped(keys, form, findings);
    boolean unchanged = addTag(request, response, findings, body);
    addHeaders(response, findings);
    if (unchanged) {
      Body.sendUnchanged(request, response);
    } else {
      Body.send(request, response, body);
    }
  }

  /**
   * Answers POST, whose ids stand in its body: a {@link Route.Work}. No cache keeps such an answer,
   * so it has no tag.
   *
   * @throws ProblemException if the answer is a problem
   */
  public void answerBody(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    BodyHeaders.check(request);
    if (request.prologue().hasQuery()) {
      forms.checkNone(request.prologue().query().rawValue());
    }
    AskedIds asked = bodies.parse(CallerConnection.of(request).requestBody());
    Set<Key> keys = inBody.read(asked.ids());
    Form form = forms.of(asked.form(), admitted.caller());
    Findings findings = find(request, admitted, keys, form, start);
    addHeaders(response, findings);
    Body.send(request, response, shaped(keys, form, findings));
  }

  private Findings find(
      ServerRequest request, Admitted admitted, Set<Key> keys, Form form, long start) {
    if (form.shape() == AnswerShape.OBJECT && keys.size() > 1) {
      throw new ProblemException(
          Problem.badRequest("shape=object takes one id, these are " + keys.size()));
    }
    Need need = needs.of(request, admitted, Deadline.after(deadline, start), keys.size(), start);
    Findings findings = find(keys, need, form);
    answerMeters.of(admitted.caller()).served(findings);
    defaultedMeters.of(admitted.caller()).served(findings);
    return findings;
  }

  private Findings find(Set<Key> keys, Need need, Form form) {
    inflight.incrementAndGet();
    try {
      if (keys.size() == 1) {
        Key key = keys.iterator().next();
        Outcome outcome = lookup.find(key, need);
        return assembler.assemble(keys, Map.of(key, outcome), form, need.budget());
      }
      return assembler.assemble(keys, lookup.find(keys, need), form, need.budget());
    } finally {
      inflight.decrementAndGet();
    }
  }

  private static Shaped shaped(Set<Key> keys, Form form, Findings findings) {
    return switch (form.shape()) {
      case ARRAY -> new ArrayBody(findings.rows());
      case OBJECT -> new ObjectBody(findings.rows());
      case MAP -> new MapBody(keys, findings);
    };
  }

  /** Adds the entity tag, and returns whether the caller has that answer already. */
  private static boolean addTag(
      ServerRequest request, ServerResponse response, Findings findings, Shaped body) {
    if (findings.isPartial()) {
      // It has no tag, so there is nothing that a caller could still have.
      Preconditions.isUnchanged(request.headers(), Preconditions.NO_TAG);
      return false;
    }
    String entityTag = entityTag(findings, body);
    boolean unchanged = Preconditions.isUnchanged(request.headers(), entityTag);
    response.header(HeaderValues.create(HeaderNames.ETAG, entityTag));
    return unchanged;
  }

  private void addHeaders(ServerResponse response, Findings findings) {
    answerHeaders.add(findings, response.headers());
    DefaultedHeaders.add(findings, response.headers());
  }

  /** A default row and a real one with the same bytes are not the same answer. */
  private static String entityTag(Findings findings, Shaped body) {
    long tag = body.tag();
    for (Key key : findings.defaulted()) {
      tag = Tags.fold(tag, key.text().hashCode());
    }
    return Tags.header(tag);
  }
}
