package io.papi;

import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import io.papi.store.ConnectionPool;
import io.papi.store.Contact;
import io.papi.store.SchemaMismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The first contact with the store: its tables are checked against the configuration, and its
 * connections opened, before anybody asks. The wait has an end: a store that does not answer now
 * may do so later.
 */
final class FirstContact {
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

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
   * Returns once all tables have been checked and all connections are open, or the wait is over.
   *
   * @throws SchemaMismatchException naming all tables that are not what their datasets say
   * @throws Parts.ClosedException if the service is closed meanwhile
   */
  void await(List<Contact> stores, List<ConnectionPool> pools, Duration wait) {
    Deadline end = Deadline.after(wait, ticker.nanos());
    List<SchemaMismatchException> mismatches = new ArrayList<>();
    List<Meanwhile<Optional<SchemaMismatchException>>> checks =
        stores.stream().map(store -> Meanwhile.begin("check", () -> check(store, end))).toList();
    checks.forEach(check -> check.result().ifPresent(mismatches::add));
    if (!mismatches.isEmpty()) {
      throw SchemaMismatchException.ofAll(mismatches);
    }
    pools.forEach(pool -> await(pool::isOpen, BETWEEN_LOOKS, end));
  }

  /** Beside all others, as each is several round trips; returns what is wrong with its table. */
  private Optional<SchemaMismatchException> check(Contact store, Deadline end) {
    try {
      await(store::check, BETWEEN_CHECKS, end);
      return Optional.empty();
    } catch (SchemaMismatchException e) {
      return Optional.of(e);
    }
  }

  private void await(BooleanSupplier condition, Duration pause, Deadline end) {
    while (!condition.getAsBoolean() && end.remaining(ticker.nanos()) > 0) {
      parts.checkOpen();
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
