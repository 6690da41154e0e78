package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Await;
import io.papi.testing.ManualTicker;
import io.papi.testing.Ports;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Taken taken = new Taken();

  /** Closes what it takes, and keeps what it is told. */
  private static final class Taken implements Listener.Taker {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void take(SocketChannel accepted) {
      told.add("taken");
      try {
        accepted.close();
      } catch (IOException e) {
        told.add(e.toString());
      }
    }

    @Override
    public void shrink() {
      told.add("shrink");
    }

    @Override
    public void gaveUp(String why) {
      told.add(why);
    }
  }

  @Test
  void open_portInUse_saysSo() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> Listener.open("callers", at(port), ticker))
          .isInstanceOf(CannotListenException.class)
          .hasMessage("port " + port + " is in use");
    }
  }

  @Test
  void open_noRight_saysSo() {
    assertThatThrownBy(() -> openFailing("Permission denied"))
        .hasMessage("this process has no right to open port 80");
  }

  @Test
  void open_addressOfAnotherMachine_saysSo() {
    assertThatThrownBy(() -> openFailing("Cannot assign requested address"))
        .hasMessage("0.0.0.0 is no address of this machine");
  }

  @Test
  void open_otherFailure_saysWhatTheSystemSays() {
    assertThatThrownBy(() -> openFailing("Network is unreachable"))
        .hasMessage("port 80 cannot be opened: Network is unreachable");
  }

  private void openFailing(String reason) {
    Listener.Opening failing =
        _ -> {
          throw new BindException(reason);
        };
    Listener.open("callers", at(80), failing, ticker).close();
  }

  @Test
  void openBoth_secondInUse_leavesNoneOpen() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int free = Ports.free();
      assertThatThrownBy(
              () -> Listeners.open(at(free), Optional.empty(), at(other.getLocalPort()), ticker))
          .hasMessage("port " + other.getLocalPort() + " is in use");
      Listener.open("callers", at(free), ticker).close();
    }
  }

  @Test
  void accept_portClosedByAFailure_opensItAgain() throws IOException {
    List<Door> opened = new CopyOnWriteArrayList<>();
    Listener.Opening kept =
        address -> {
          Door door = Listener.bind(address);
          opened.add(door);
          return door;
        };
    try (Listener listener = Listener.open("callers", at(Ports.free()), kept, ticker)) {
      listener.start(taken);
      connect(listener);
      Await.until("it accepts", () -> taken.told.size() == 1);
      opened.getFirst().close();
      Await.until("it is open again", () -> opened.size() == 2);
      connect(listener);
      Await.until("it accepts again", () -> taken.told.size() == 2);
      assertThat(listener.isAccepting()).isTrue();
    }
    assertThat(taken.told).containsOnly("taken");
  }

  @Test
  void accept_interrupted_goesOn() throws IOException {
    try (Listener listener = Listener.open("interrupted", at(0), ticker)) {
      listener.start(taken);
      Thread thread =
          Thread.getAllStackTraces().keySet().stream()
              .filter(each -> each.getName().equals("interrupted-listener"))
              .findAny()
              .orElseThrow();
      thread.interrupt();
      Await.until("it waits again", () -> !thread.isInterrupted());
      connect(listener);
      Await.until("it accepts", () -> taken.told.contains("taken"));
    }
  }

  @Test
  void accept_failsForAMinute_isNotAcceptingAndGivesUp() {
    Listener listener = Listener.open("callers", at(80), _ -> new Failing(), ticker);
    listener.start(taken);
    Await.until("it asks for room", () -> taken.told.contains("shrink"));
    assertThat(listener.isAccepting()).isTrue();
    ticker.advance(Listener.UNWELL_AFTER.plusMillis(1));
    assertThat(listener.isAccepting()).isFalse();
    ticker.advance(Listener.PATIENCE);
    String why = "port 80 of callers accepts nobody: java.io.IOException: Too many open files";
    Await.until("it gives up", () -> taken.told.contains(why));
    assertThat(listener.isAccepting()).isFalse();
  }

  private static void connect(Listener listener) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), listener.port()).close();
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(port);
  }

  @Test
  void close_thoseWhoHaveConnected_areTakenFirst() throws Exception {
    CountDownLatch isTaking = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Listener.Taker busy =
        new Listener.Taker() {
          @Override
          public void take(SocketChannel accepted) {
            isTaking.countDown();
            try {
              mayGoOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            taken.take(accepted);
          }

          @Override
          public void shrink() {}

          @Override
          public void gaveUp(String why) {
            taken.gaveUp(why);
          }
        };
    Listener listener = Listener.open("callers", at(0), ticker);
    listener.start(busy);
    for (int i = 0; i < 5; i++) {
      connect(listener);
    }
    isTaking.await();
    Thread closing = Thread.ofVirtual().start(listener::close);
    Await.until("it is being closed", listener::isClosing);
    mayGoOn.countDown();
    closing.join();

    assertThat(taken.told).hasSize(5).containsOnly("taken");
    assertThatThrownBy(() -> connect(listener)).isInstanceOf(ConnectException.class);
  }

  @Test
  void close_nobodyConnects_endsItsWait() {
    Listener listener = Listener.open("callers", at(0), ticker);
    listener.start(taken);
    listener.close();

    assertThat(taken.told).isEmpty();
    assertThatThrownBy(() -> connect(listener)).isInstanceOf(ConnectException.class);
  }

  /** A port of a process without descriptors. */
  private static final class Failing implements Door {

    @Override
    public Optional<SocketChannel> accept() throws IOException {
      throw new IOException("Too many open files");
    }

    @Override
    public void await() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void waitNoMore() {}

    @Override
    public void wake() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public int port() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
