package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address for servers that are told theirs. Thread-safe. */
public final class Ports {
  private static final int FIRST = 20_000;

  /** From here on Linux takes ports for connections to others (ip(7), ip_local_port_range). */
  private static final int END = 32_768;

  private Ports() {}

  /**
   * One that nobody listens on. A connection that is opened before the server listens cannot take
   * it, as it could one that the system chose.
   */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (BindException e) {
        // another's: the next may be free
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
