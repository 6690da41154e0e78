package io.papi.http.port;

import io.papi.lookup.Ticker;
import java.io.IOException;

/** The two open ports: of callers, and of operators. */
public record Listeners(Listener callers, Listener operators) {

  /**
   * Opens both, or none.
   *
   * @param port the callers' port; 0 takes a free one
   * @param adminPort the operators' port; 0 takes a free one
   * @throws CannotListenException if one cannot be opened
   */
  public static Listeners open(int port, int adminPort, Ticker ticker) {
    try {
      Pollers.open();
    } catch (IOException e) {
      throw CannotListenException.withoutConnections(e);
    }
    Listener callers = Listener.open("callers", port, ticker);
    try {
      return new Listeners(callers, Listener.open("operators", adminPort, ticker));
    } catch (CannotListenException e) {
      callers.close();
      throw e;
    }
  }

  public boolean areAccepting() {
    return callers.isAccepting() && operators.isAccepting();
  }
}
