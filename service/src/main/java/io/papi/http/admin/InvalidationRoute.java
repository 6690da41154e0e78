package io.papi.http.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.dataset.IdParser;
import io.papi.http.dataset.ServedKey;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.Route;
import io.papi.http.query.ArgumentReader;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.TemplatePath;
import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code DELETE /cache/<dataset>/<id[,id…]>}, the same behind an alternate key's path, and {@code
 * DELETE /cache} with a query's path and parameters behind it: invalidates rows or an answer, in
 * this instance's caches and its Redis. Thread-safe.
 */
public final class InvalidationRoute implements Route.Work {
  private static final Logger LOG = LoggerFactory.getLogger(InvalidationRoute.class);

  /** What the path of everything begins with that invalidates. */
  public static final String CACHE = "/cache";

  /** The longest that an operator waits for Redis. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final InvalidationLog log;
  private final Invalidator invalidator;
  private final Function<ServerRequest, Set<Key>> reader;

  private InvalidationRoute(
      String name, Invalidator invalidator, Function<ServerRequest, Set<Key>> reader) {
    this.name = name;
    this.log =
        new InvalidationLog(
            name, LOG::info, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    this.invalidator = invalidator;
    this.reader = reader;
  }

  /** The route of a dataset's rows, by one of its keys. */
  public static InvalidationRoute of(ServedKey key, int maxIds) {
    int prefix = prefix(key).length();
    IdParser parser = new IdParser(key, maxIds);
    return new InvalidationRoute(
        key.name(),
        key.invalidator(),
        request -> parser.parse(request.prologue().uriPath().rawPath().substring(prefix)));
  }

  /** The route of a query's answers, asked for as callers do. */
  public static InvalidationRoute of(ServedQuery served, TemplatePath path) {
    ArgumentReader reader = new ArgumentReader(served.query());
    return new InvalidationRoute(
        served.query().name(), served.invalidator(), request -> Set.of(reader.key(request, path)));
  }

  /** What the paths of a route of rows begin with. */
  public static String prefix(ServedKey key) {
    return CACHE + key.path() + "/";
  }

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    Set<Key> keys = reader.apply(request);
    boolean gone = invalidator.invalidate(keys, Deadline.after(PATIENCE, start));
    log.invalidated(keys.size());
    Json.sendObject(
        request,
        response,
        gone ? Status.OK_200 : Status.ACCEPTED_202,
        json -> {
          json.writeStringProperty("dataset", name);
          json.writeArrayPropertyStart("forgotten");
          keys.forEach(key -> json.writeString(key.text()));
          json.writeEndArray();
          json.writeStringProperty("by", "this instance and its Redis");
          json.writeBooleanProperty("confirmed", gone);
        });
  }
}
