package io.papi.http.admission;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.caller.Caller;
import io.papi.caller.Callers;
import io.papi.caller.PerCaller;
import io.papi.caller.Rights;
import io.papi.http.admission.Credentials.UnusableException;
import io.papi.http.admission.KeyRing.Held;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.Gate;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.Recognized;
import io.papi.http.exchange.RefusedException;
import io.papi.http.exchange.RefusedException.Why;
import io.papi.lookup.Budget;
import io.papi.lookup.Ticker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Knows the callers, and keeps the gates of what they ask for. Thread-safe. */
public final class Admission {
  /** The container service's ingress adds it, and takes away what a client has sent. */
  static final HeaderName USER = HeaderNames.create("Sf-Context-Current-User");

  /** A header for each way: Chromium reads the first one of a header alone, and knows no Bearer. */
  private static final List<String> CHALLENGES =
      List.of("Bearer realm=\"papi\"", "Basic realm=\"papi\", charset=\"UTF-8\"");

  private static final String HOW_TO =
      "send its key as Authorization: Bearer, as user name or password of Authorization: Basic, or"
          + " as X-API-Key";

  private final Callers callers;
  private final OptionalInt ingress;
  private final KeyRing<Caller> keys;
  private final Map<String, Caller> users = new HashMap<>();
  private final PerCaller<Known> known;

  /** What there is for each caller. */
  private record Known(Refusals refusals, Optional<Limit> requests, Admitted admitted) {}

  /**
   * @param ingress the port at which users are believed, if there is one
   */
  public Admission(Callers callers, OptionalInt ingress, MeterRegistry meters, Ticker ticker) {
    this.callers = callers;
    this.ingress = ingress;
    this.keys =
        new KeyRing<>(
            callers.named().stream()
                .flatMap(
                    caller ->
                        caller.keys().stream().map(key -> new Held<>(key, caller.name(), caller)))
                .toList());
    callers.named().forEach(caller -> caller.user().ifPresent(user -> users.put(user, caller)));
    this.known = new PerCaller<>(callers, caller -> known(caller, meters, ticker));
  }

  private static Known known(Caller caller, MeterRegistry meters, Ticker ticker) {
    Refusals refusals = new Refusals(caller, meters);
    return new Known(
        refusals,
        caller.requests().map(rate -> new Limit(rate, ticker)),
        new Admitted(
            caller,
            caller
                .storeIds()
                .map(rate -> storeIds(caller, new Limit(rate, ticker), refusals))
                .orElse(Budget.UNLIMITED)));
  }

  private static Budget storeIds(Caller caller, Limit limit, Refusals refusals) {
    return new StoreIds(caller.name(), limit, refusals.storeIds());
  }

  /** The gate of what everybody may ask for. */
  public Gate ofEverybody() {
    return Gate.open(callers.unnamed());
  }

  /** The gate of what every caller may ask for. */
  public Gate ofCallers() {
    return gate(_ -> true, "this");
  }

  /** The gate of a dataset. */
  public Gate ofDataset(String name) {
    return gate(rights -> rights.datasets().contains(name), "dataset " + name);
  }

  /** The gate of a query. */
  public Gate ofQuery(String name) {
    return gate(rights -> rights.queries().contains(name), "query " + name);
  }

  private Gate gate(Predicate<Rights> right, String what) {
    return callers.isAnybody() ? ofEverybody() : new Guarded(right, what);
  }

  /** Lets in who has the right, at the pace that it may have. */
  private final class Guarded implements Gate {
    private final Predicate<Rights> right;
    private final String what;

    Guarded(Predicate<Rights> right, String what) {
      this.right = right;
      this.what = what;
    }

    @Override
    public Admitted enter(ServerRequest request) {
      Caller caller = caller(request);
      Known own = known.of(caller);
      own.requests().ifPresent(limit -> check(limit, caller));
      if (!right.test(caller.rights())) {
        throw new RefusedException(
            caller,
            Why.RIGHT,
            Problem.of(
                Status.FORBIDDEN_403,
                "caller %s may not ask for %s".formatted(caller.name(), what)));
      }
      return own.admitted();
    }

    @Override
    public Caller unnamed() {
      return callers.unnamed();
    }

    @Override
    public void refused(RefusedException refusal) {
      known.of(refusal.caller()).refusals().count(refusal.why());
    }
  }

  private static void check(Limit limit, Caller caller) {
    if (!limit.take(1)) {
      throw new RefusedException(
          caller,
          Why.REQUESTS,
          Problem.tooMany(
              "caller %s may make %d requests a second, and %d at once"
                  .formatted(caller.name(), limit.rate().perSecond(), limit.rate().burst()),
              limit.until(1),
              List.of()));
    }
  }

  private Caller caller(ServerRequest request) {
    Headers headers = request.headers();
    if (Credentials.areIn(headers)) {
      return byKey(CallerConnection.of(request), headers);
    }
    return user(request)
        .orElseThrow(() -> unauthorized(Why.NO_KEY, "only known callers may ask for this"));
  }

  /** Most connections are one caller's, who presents the same key with each request. */
  private Caller byKey(CallerConnection connection, Headers headers) {
    try {
      byte[] presented = Credentials.bytes(headers);
      Optional<Recognized> last = connection.recognized();
      if (last.isPresent() && last.get().isBy(presented)) {
        return last.get().caller();
      }
      Caller caller =
          keys.find(Credentials.of(headers, keys.names()))
              .orElseThrow(() -> unauthorized(Why.WRONG_KEY, "this key is not known"));
      connection.recognize(new Recognized(presented, caller));
      return caller;
    } catch (UnusableException e) {
      throw unauthorized(Why.WRONG_KEY, e.why());
    }
  }

  /** The caller that the ingress says has signed in; nobody else is believed. */
  private Optional<Caller> user(ServerRequest request) {
    Headers headers = request.headers();
    boolean isSaid =
        ingress.isPresent()
            && request.localPeer().port() == ingress.getAsInt()
            && headers.contains(USER)
            && headers.get(USER).valueCount() == 1;
    return isSaid ? Optional.ofNullable(users.get(headers.get(USER).get())) : Optional.empty();
  }

  private RefusedException unauthorized(Why why, String what) {
    Problem problem =
        Problem.of(Status.UNAUTHORIZED_401, what + ": " + HOW_TO)
            .with(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, CHALLENGES));
    return new RefusedException(callers.unnamed(), why, problem);
  }
}
