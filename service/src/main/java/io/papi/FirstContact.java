package io.papi;

import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import io.papi.store.ConnectionPool;
import io.papi.store.Contact;
import io.papi.store.SchemaMismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The first contact with the store: its tables are checked against the configuration, and its
 * connections opened, before anybody asks. The wait has an end: a store that does not answer now
 * may do so later.
 */
final class FirstContact {
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** What a check that is under way at the end of the wait may still take: a few round trips. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Parts parts;
  private final Ticker ticker;

  /**
   * @param parts whose closing ends the wait
   */
  FirstContact(Parts parts, Ticker ticker) {
    this.parts = parts;
    this.ticker = ticker;
  }

  /**
   * Returns once all tables have been checked and all connections are open, or the wait is over and
   * what was under way then has had five more seconds.
   *
   * @throws SchemaMismatchException naming all tables that are not what their datasets say
   * @throws Parts.ClosedException if the service is closed meanwhile
   */
  void await(List<Contact> stores, List<ConnectionPool> pools, Duration wait) {
    Deadline end = Deadline.after(wait, ticker.nanos());
    Deadline given = Deadline.after(wait.plus(TO_END), ticker.nanos());
    List<SchemaMismatchException> mismatches = new ArrayList<>();
    for (Meanwhile<Boolean> check : stores.stream().map(store -> check(store, end)).toList()) {
      try {
        check.resultWithin(Duration.ofNanos(given.remaining(ticker.nanos())));
      } catch (SchemaMismatchException e) {
        mismatches.add(e);
      }
    }
    if (!mismatches.isEmpty()) {
      throw SchemaMismatchException.ofAll(mismatches);
    }
    pools.forEach(pool -> await(pool::isOpen, BETWEEN_LOOKS, end));
  }

  /**
   * Begins a check beside all others, as each is several round trips. One that hangs goes on after
   * the wait, and holds up nobody.
   */
  private Meanwhile<Boolean> check(Contact store, Deadline end) {
    return Meanwhile.begin("check", () -> await(store::check, BETWEEN_CHECKS, end));
  }

  /** Whether the condition was true before the end. */
  private boolean await(BooleanSupplier condition, Duration pause, Deadline end) {
    while (!condition.getAsBoolean()) {
      if (end.remaining(ticker.nanos()) <= 0) {
        return false;
      }
      parts.checkOpen();
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
