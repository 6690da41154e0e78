package io.papi.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Deadline;
import io.papi.lookup.Eraser;
import io.papi.lookup.Key;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code DELETE /cache/<dataset>/<id[,id…]>}: takes rows out of this instance's caches and its
 * Redis. Thread-safe.
 */
final class EraseRoute implements Route.Work {
  private static final Logger LOG = LoggerFactory.getLogger(EraseRoute.class);

  /** The longest that an operator waits for Redis. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final String dataset;
  private final String prefix;
  private final EraseLog log;
  private final Eraser eraser;
  private final IdParser parser;
  private final JsonFactory jsonFactory = new JsonFactory();

  EraseRoute(ServedDataset served, int maxIds) {
    this.dataset = served.dataset().name();
    this.prefix = prefix(dataset);
    this.log =
        new EraseLog(dataset, LOG::info, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    this.eraser = served.eraser();
    this.parser = new IdParser(served.dataset().keyType(), maxIds);
  }

  /** What the paths of this route begin with. */
  static String prefix(String dataset) {
    return "/cache/" + dataset + "/";
  }

  @Override
  public void answer(ServerRequest request, ServerResponse response, long start) {
    String path = request.prologue().uriPath().rawPath();
    Set<Key> keys = parser.parse(path.substring(prefix.length()));
    boolean gone = eraser.forget(keys, Deadline.after(PATIENCE, start));
    log.erased(keys.size());
    response.status(gone ? Status.OK_200 : Status.ACCEPTED_202).header(JSON).header(NO_STORE);
    Body.send(request, response, Body.of(json(keys, gone)));
  }

  private byte[] json(Set<Key> keys, boolean gone) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeStringProperty("dataset", dataset);
      json.writeArrayPropertyStart("forgotten");
      for (Key key : keys) {
        json.writeString(key.text());
      }
      json.writeEndArray();
      json.writeStringProperty("by", "this instance and its Redis");
      json.writeBooleanProperty("confirmed", gone);
      json.writeEndObject();
    }
    return body.toByteArray();
  }
}
