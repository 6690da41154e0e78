package io.papi.http.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What wakes virtual threads that wait for a socket.
 *
 * <p>The JDK opens its pollers when the first virtual thread has to wait. If the process has no
 * descriptor left at that moment, that fails for good: a class of the JDK could not be initialized,
 * and no virtual thread can ever wait for a socket again. So they are opened at the start, by a
 * thread that waits.
 */
final class Pollers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_NANOS = 50_000;
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  private Pollers() {}

  /**
   * Opens them; returns at once if they are open.
   *
   * @throws IOException if no connection within this machine can be made
   */
  static void open() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket port = new ServerSocket(0, 1, here);
        Socket waiting = new Socket(here, port.getLocalPort());
        Socket other = port.accept()) {
      waiting.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      Thread reader = Thread.ofVirtual().name("pollers").start(() -> read(waiting));
      while (!WAITING.contains(reader.getState())) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      other.getOutputStream().write(0);
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Socket waiting) {
    try {
      var _ = waiting.getInputStream().read();
    } catch (IOException e) {
      // it has waited all the same
    }
  }
}
