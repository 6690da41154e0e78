package io.papi.http.exchange;

import io.helidon.webserver.http.ServerRequest;
import io.papi.caller.Caller;
import io.papi.lookup.Budget;

/** What a request passes before its route works on it. Thread-safe. */
public interface Gate {

  /**
   * Lets a request in.
   *
   * @throws RefusedException if it may not
   */
  Admitted enter(ServerRequest request);

  /** Who a request is from as long as nothing better is known. */
  Caller unnamed();

  /** A request has been refused, here or behind this gate. */
  void refused(RefusedException refusal);

  /** Lets everything in, as from {@code caller}. */
  static Gate open(Caller caller) {
    Admitted admitted = new Admitted(caller, Budget.UNLIMITED);
    return new Gate() {
      @Override
      public Admitted enter(ServerRequest request) {
        return admitted;
      }

      @Override
      public Caller unnamed() {
        return caller;
      }

      @Override
      public void refused(RefusedException refusal) {}
    };
  }
}
