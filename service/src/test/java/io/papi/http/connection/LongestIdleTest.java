package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongestIdleTest {
  private static final int CONNECTIONS = 1_000;
  private static final int BATCH = 50;

  private final ManualTicker ticker = new ManualTicker();
  private final Counted connections = new Counted();
  private final LongestIdle longestIdle = new LongestIdle(connections, BATCH, ticker);

  /** Connections, and how often somebody looked at all of them. */
  private static final class Counted extends ArrayList<WatchedConnection> {
    private static final long serialVersionUID = 1;

    private int looks;

    @Override
    public Iterator<WatchedConnection> iterator() {
      looks++;
      return super.iterator();
    }
  }

  @Test
  void take_many_areInOrder_forOneLookABatch() {
    List<WatchedConnection> inOrder = connect(CONNECTIONS);
    for (int i = 0; i < 3 * BATCH; i++) {
      assertThat(longestIdle.take(connections::remove)).contains(inOrder.get(i));
    }
    assertThat(connections.looks).isEqualTo(3);
  }

  @Test
  void take_noneIdle_looksOnceInAWhile() {
    connect(CONNECTIONS).forEach(LongestIdleTest::becomeBusy);
    for (int i = 0; i < 100; i++) {
      assertThat(longestIdle.take(connections::remove)).isEmpty();
    }
    assertThat(connections.looks).isOne();
    ticker.advance(Duration.ofMillis(10));
    assertThat(longestIdle.take(connections::remove)).isEmpty();
    assertThat(connections.looks).isEqualTo(2);
  }

  @Test
  void take_claimedByAnother_givesTheNext() {
    List<WatchedConnection> inOrder = connect(3);
    assertThat(longestIdle.take(one -> one != inOrder.getFirst())).contains(inOrder.get(1));
  }

  @Test
  void take_requestHasComeButNotBeenRead_sparesIt() {
    List<WatchedConnection> inOrder = connect(3);
    ((FakeConnection) inOrder.getFirst().serverSocket()).pieces.add("G");
    assertThat(longestIdle.take(connections::remove)).contains(inOrder.get(1));
  }

  /** Opens connections one after the other, and returns them so; the set has them shuffled. */
  private List<WatchedConnection> connect(int count) {
    List<WatchedConnection> inOrder = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FakeConnection accepted = new FakeConnection();
      inOrder.add(accepted.watched(ticker));
      ticker.advance(Duration.ofNanos(10));
    }
    connections.addAll(inOrder);
    Collections.shuffle(connections, new Random(1));
    return inOrder;
  }

  private static void becomeBusy(WatchedConnection connection) {
    ((FakeConnection) connection.serverSocket()).pieces.add("G");
    connection.dataReader().pullData();
  }
}
