package io.papi.loadtest.groups;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.tryMax;
import static io.gatling.javaapi.http.HttpDsl.httpConcurrentRequests;

import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.papi.loadtest.platform.EndpointWatch;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;

/**
 * A message to one recipient, as a marketing platform makes it: two or three calls within seconds,
 * one in ten of them made twice at once, a failed one tried again up to five times with backoff,
 * and none while the endpoint is halted. Thread-safe.
 */
public final class Recipient {
  private static final int TRIES = 5;
  private static final String TRY = "try";
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
  private static final Duration SHORTEST_BREAK = Duration.ofSeconds(3);
  private static final Duration LONGEST_BREAK = Duration.ofSeconds(10);

  private final EndpointWatch watch;

  public Recipient(EndpointWatch watch) {
    this.watch = watch;
  }

  /** The calls for the customer of the session's record. */
  public ChainBuilder message() {
    return group("recipient")
        .on(
            call(),
            pause(SHORTEST_BREAK, LONGEST_BREAK),
            call(),
            randomSwitch().on(percent(50).then(pause(SHORTEST_BREAK, LONGEST_BREAK), call())));
  }

  private ChainBuilder call() {
    return doIfOrElse(session -> watch.isHalted()).then(halted()).orElse(tried());
  }

  private ChainBuilder tried() {
    return tryMax(TRIES, TRY)
        .on(pause(Recipient::backoff), doIf(session -> !watch.isHalted()).then(sent()));
  }

  /** A message that goes out without its personal part. */
  private static ChainBuilder halted() {
    return exec(dummy("not called: halted", 0).withSuccess(false));
  }

  private ChainBuilder sent() {
    return randomSwitch()
        .on(percent(90).then(exec(customer())), percent(10).then(exec(twice(customer()))));
  }

  private HttpRequestActionBuilder customer() {
    return CustomerRequests.byPlatform("customer of a recipient", watch);
  }

  private static ActionBuilder twice(HttpRequestActionBuilder call) {
    return httpConcurrentRequests(call, call);
  }

  private static Duration backoff(Session session) {
    int failed = session.getInt(TRY);
    return failed == 0 ? Duration.ZERO : FIRST_BACKOFF.multipliedBy(1L << (failed - 1));
  }
}
