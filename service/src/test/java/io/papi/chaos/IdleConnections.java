package io.papi.chaos;

import com.sun.management.UnixOperatingSystemMXBean;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections by the thousand, many more than the service takes at once: every other one has been
 * answered and is idle, the rest have said nothing. The service closes them to make room, and all
 * the while serves whoever asks.
 */
final class IdleConnections implements AutoCloseable {
  private static final int CONNECTIONS = 2_000;
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: papi\r\n\r\n";

  private final List<RawConnection> connections = new ArrayList<>();

  private IdleConnections() {}

  /** Opens them all, or half as many as this process may have open files. */
  static IdleConnections begin(TestClient client) {
    IdleConnections idle = new IdleConnections();
    try {
      int count = Math.min(CONNECTIONS, freeDescriptors() / 2);
      for (int i = 0; i < count; i++) {
        idle.open(client, i % 2 == 0);
      }
      return idle;
    } catch (RuntimeException | Error e) {
      idle.close();
      throw e;
    }
  }

  private void open(TestClient client, boolean asks) {
    RawConnection connection = client.connect();
    connections.add(connection);
    if (asks) {
      connection.send(REQUEST);
      connection.readAnswer();
    }
  }

  private static int freeDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Math.clamp(
            unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount(),
            0,
            Integer.MAX_VALUE)
        : 2 * CONNECTIONS;
  }

  @Override
  public void close() {
    connections.forEach(RawConnection::close);
  }
}
