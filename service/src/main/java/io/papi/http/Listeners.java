package io.papi.http;

import io.papi.lookup.Ticker;

/** The two open ports: of callers, and of operators. */
record Listeners(Listener callers, Listener operators) {

  /**
   * Opens both, or none.
   *
   * @throws CannotListenException if one cannot be opened
   */
  static Listeners open(HttpSettings settings, Ticker ticker) {
    Listener callers = Listener.open("callers", settings.port(), ticker);
    try {
      return new Listeners(callers, Listener.open("operators", settings.adminPort(), ticker));
    } catch (CannotListenException e) {
      callers.close();
      throw e;
    }
  }

  boolean areAccepting() {
    return callers.isAccepting() && operators.isAccepting();
  }
}
