package io.papi.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.ManualTicker;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchedConnectionTest {
  private static final int REQUESTS = 200;

  private final FakeConnection accepted = new FakeConnection();
  private final WatchedConnection connection = new WatchedConnection(accepted, new ManualTicker());

  @Test
  void read_nextRequest_mostlyButNotAlwaysLetsOthersGoFirst() throws InterruptedException {
    AtomicInteger wentFirst = new AtomicInteger();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < REQUESTS; i++) {
                    AtomicBoolean ran = new AtomicBoolean();
                    accepted.serverSocket().beforeGet =
                        () -> wentFirst.addAndGet(ran.get() ? 1 : 0);
                    Thread.startVirtualThread(() -> ran.set(true));
                    readOne();
                  }
                });
    reader.join();
    assertThat(wentFirst.get()).isBetween(REQUESTS / 2, REQUESTS * 9 / 10);
  }

  private void readOne() {
    accepted.serverSocket().pieces.add("x");
    connection.dataReader().pullData();
    connection.dataReader().skip(1);
  }
}
