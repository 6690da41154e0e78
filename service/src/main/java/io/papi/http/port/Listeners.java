package io.papi.http.port;

import io.papi.lookup.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The two open ports: of callers, and of operators. */
public record Listeners(Listener callers, Listener operators) {

  /**
   * Opens both, or none.
   *
   * @param callersAt where callers are served; port 0 takes a free one
   * @param operatorsAt where operators are served; port 0 takes a free one
   * @throws CannotListenException if one cannot be opened
   */
  public static Listeners open(
      InetSocketAddress callersAt, InetSocketAddress operatorsAt, Ticker ticker) {
    try {
      Pollers.open();
    } catch (IOException e) {
      throw CannotListenException.withoutConnections(e);
    }
    Listener callers = Listener.open("callers", callersAt, ticker);
    try {
      return new Listeners(callers, Listener.open("operators", operatorsAt, ticker));
    } catch (CannotListenException e) {
      callers.close();
      throw e;
    }
  }

  public boolean areAccepting() {
    return callers.isAccepting() && operators.isAccepting();
  }
}
