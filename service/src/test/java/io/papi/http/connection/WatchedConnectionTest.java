package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchedConnectionTest {
  private static final int REQUESTS = 200;

  private final FakeConnection accepted = new FakeConnection();
  private final ManualTicker ticker = new ManualTicker();
  private final WatchedConnection connection = accepted.watched(ticker);

  @Test
  void read_nextRequest_letsOthersGoFirstForAWhile() throws InterruptedException {
    AtomicInteger wentFirst = new AtomicInteger();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < REQUESTS; i++) {
                    AtomicBoolean ran = new AtomicBoolean();
                    accepted.beforeGet = () -> wentFirst.addAndGet(ran.get() ? 1 : 0);
                    Thread.startVirtualThread(
                        () -> {
                          ticker.advance(Duration.ofNanos(200_000));
                          ran.set(true);
                        });
                    readOne();
                  }
                });
    reader.join();
    // three times of four, since then half a millisecond has passed
    assertThat(wentFirst.get()).isBetween(REQUESTS / 2, REQUESTS * 9 / 10);
  }

  @Test
  void endIfIdle_silentForLonger_isClosed() {
    connection.endIfIdle(ticker.nanos() + 302, 300);
    assertThat(connection.closeSocket()).as("it was still open").isFalse();
  }

  @Test
  void endIfIdle_silentForAMoment_isNotClosed() {
    connection.endIfIdle(ticker.nanos() + 299, 300);
    assertThat(connection.closeSocket()).as("it was still open").isTrue();
  }

  @Test
  void endIfIdle_itsRequestHasCome_isNotClosed() {
    accepted.pieces.add("x");
    connection.endIfIdle(ticker.nanos() + 1_000, 300);
    assertThat(connection.closeSocket()).as("it was still open").isTrue();
  }

  private void readOne() {
    accepted.pieces.add("x");
    connection.dataReader().pullData();
    connection.dataReader().skip(1);
  }
}
