package io.papi.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The callers of one service, closed with it: each holds a selector and connections, and a run of
 * all tests has more of them than a process may have descriptors. Thread-safe.
 */
final class TestClients implements AutoCloseable {
  private final Queue<TestClient> clients = new ConcurrentLinkedQueue<>();
  private final int port;
  private final int adminPort;

  TestClients(int port, int adminPort) {
    this.port = port;
    this.adminPort = adminPort;
  }

  TestClient add() {
    TestClient client = new TestClient(port, adminPort);
    clients.add(client);
    return client;
  }

  @Override
  public void close() {
    clients.forEach(TestClient::close);
  }
}
