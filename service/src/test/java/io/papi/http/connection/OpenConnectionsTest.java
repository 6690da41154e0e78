package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
  private static final int LIMIT = 8;

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final OpenConnections connections = new OpenConnections("callers", LIMIT, meters, ticker);
  private final List<FakeConnection> sockets = new ArrayList<>();
  private final List<WatchedConnection> opened = new ArrayList<>();

  @Test
  void admit_full_closesTheLongestIdle() {
    openAll();
    assertThat(connections.admit()).isTrue();
    assertThat(closed()).containsExactly(0);
    assertThat(connections.size()).isEqualTo(LIMIT - 1);
    assertThat(meters.counter("papi.connections.closed", "reason", "room").count()).isOne();
    assertThat(meters.counter("papi.rejected", "reason", "connections").count()).isZero();
  }

  @Test
  void admit_fullAndAgain_closesTheNextInTheOrderOfTheirIdleness() {
    openAll();
    for (int i = 0; i < LIMIT; i++) {
      assertThat(connections.admit()).isTrue();
      assertThat(closed()).hasSize(i + 1).contains(i);
      connections.ended(opened.get(i));
      ticker.advance(Duration.ofMillis(10));
    }
  }

  @Test
  void admit_fullOfBusyOnes_refuses() {
    openAll();
    opened.forEach(OpenConnectionsTest::becomeBusy);
    assertThat(connections.admit()).isFalse();
    assertThat(closed()).isEmpty();
    assertThat(meters.counter("papi.rejected", "reason", "connections").count()).isOne();
  }

  @Test
  void admit_busySinceTheyWereFound_spares() {
    openAll();
    assertThat(connections.admit()).isTrue();
    becomeBusy(opened.get(1));
    assertThat(connections.admit()).isTrue();
    assertThat(closed()).containsExactly(0, 2);
  }

  @Test
  void ended_whoeverMadeRoom_givesNoSecondPlace() {
    openAll();
    assertThat(connections.admit()).isTrue();
    connections.ended(opened.getFirst());
    for (int i = 1; i < LIMIT; i++) {
      becomeBusy(opened.get(i));
    }
    assertThat(connections.admit()).isFalse();
    connections.ended(opened.get(1));
    assertThat(connections.admit()).isTrue();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(connections.admit()).isFalse();
  }

  @Test
  void shrink_closesTheLongestIdle_andItsPlaceIsFree() {
    openAll();
    connections.shrink();
    connections.ended(opened.getFirst());
    opened.forEach(OpenConnectionsTest::becomeBusy);
    assertThat(closed()).containsExactly(0);
    assertThat(connections.admit()).isTrue();
    assertThat(connections.admit()).isFalse();
  }

  /** Opens as many as there may be, of which the first has been idle longest. */
  private void openAll() {
    for (int i = 0; i < LIMIT; i++) {
      FakeConnection socket = new FakeConnection();
      WatchedConnection connection = socket.watched(ticker);
      assertThat(connections.admit()).isTrue();
      connections.add(connection);
      sockets.add(socket);
      opened.add(connection);
      ticker.advance(Duration.ofMillis(1));
    }
  }

  private static void becomeBusy(WatchedConnection connection) {
    ((FakeConnection) connection.serverSocket()).pieces.add("G");
    connection.dataReader().pullData();
  }

  private List<Integer> closed() {
    List<Integer> closed = new ArrayList<>();
    for (int i = 0; i < sockets.size(); i++) {
      if (!sockets.get(i).open) {
        closed.add(i);
      }
    }
    return closed;
  }
}
