package io.papi.http.port;

import io.papi.lookup.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The open ports: of callers, and of operators.
 *
 * @param ingress where callers come through the container service's ingress, if there is such a
 *     port
 */
public record Listeners(Listener callers, Optional<Listener> ingress, Listener operators) {

  /**
   * Opens all, or none.
   *
   * @param callersAt where callers are served; port 0 takes a free one
   * @param ingressAt where they are served that come through the ingress, if there is such a port
   * @param operatorsAt where operators are served; port 0 takes a free one
   * @throws CannotListenException if one cannot be opened
   */
  public static Listeners open(
      InetSocketAddress callersAt,
      Optional<InetSocketAddress> ingressAt,
      InetSocketAddress operatorsAt,
      Ticker ticker) {
    try {
      Pollers.open();
    } catch (IOException e) {
      throw CannotListenException.withoutConnections(e);
    }
    List<Listener> opened = new ArrayList<>();
    try {
      opened.add(Listener.open("callers", callersAt, ticker));
      ingressAt.ifPresent(at -> opened.add(Listener.open("callers", at, ticker)));
      Listener operators = Listener.open("operators", operatorsAt, ticker);
      return new Listeners(opened.getFirst(), opened.stream().skip(1).findFirst(), operators);
    } catch (CannotListenException e) {
      opened.forEach(Listener::close);
      throw e;
    }
  }

  /** All at which callers are served. */
  public List<Listener> ofCallers() {
    return Stream.concat(Stream.of(callers), ingress.stream()).toList();
  }

  /** The port of the ingress, if there is one. */
  public OptionalInt ingressPort() {
    return ingress.stream().mapToInt(Listener::port).findFirst();
  }

  public boolean areAccepting() {
    return Stream.concat(ofCallers().stream(), Stream.of(operators))
        .allMatch(Listener::isAccepting);
  }
}
