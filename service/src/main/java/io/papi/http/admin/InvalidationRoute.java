package io.papi.http.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.dataset.IdParser;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.Route;
import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code DELETE /cache/<dataset>/<id[,id…]>}: invalidates rows, in this instance's caches and its
 * Redis. Thread-safe.
 */
public final class InvalidationRoute implements Route.Work {
  private static final Logger LOG = LoggerFactory.getLogger(InvalidationRoute.class);

  /** The longest that an operator waits for Redis. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String dataset;
  private final String prefix;
  private final InvalidationLog log;
  private final Invalidator invalidator;
  private final IdParser parser;

  public InvalidationRoute(ServedDataset served, int maxIds) {
    this.dataset = served.dataset().name();
    this.prefix = prefix(dataset);
    this.log =
        new InvalidationLog(
            dataset, LOG::info, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    this.invalidator = served.invalidator();
    this.parser = new IdParser(served.dataset().keyType(), maxIds);
  }

  /** What the paths of this route begin with. */
  public static String prefix(String dataset) {
    return "/cache/" + dataset + "/";
  }

  @Override
  public void answer(ServerRequest request, ServerResponse response, long start) {
    String path = request.prologue().uriPath().rawPath();
    Set<Key> keys = parser.parse(path.substring(prefix.length()));
    boolean gone = invalidator.invalidate(keys, Deadline.after(PATIENCE, start));
    log.invalidated(keys.size());
    Json.sendObject(
        request,
        response,
        gone ? Status.OK_200 : Status.ACCEPTED_202,
        json -> {
          json.writeStringProperty("dataset", dataset);
          json.writeArrayPropertyStart("forgotten");
          keys.forEach(key -> json.writeString(key.text()));
          json.writeEndArray();
          json.writeStringProperty("by", "this instance and its Redis");
          json.writeBooleanProperty("confirmed", gone);
        });
  }
}
