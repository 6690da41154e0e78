package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Await;
import io.papi.testing.ManualTicker;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
      assertThatThrownBy(() -> Listener.open("callers", port, ticker))
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
  void open_otherFailure_saysWhatTheSystemSays() {
    assertThatThrownBy(() -> openFailing("Cannot assign requested address"))
        .hasMessage("port 80 cannot be opened: Cannot assign requested address");
  }

  private void openFailing(String reason) {
    Listener.Opening failing =
        _ -> {
          throw new BindException(reason);
        };
    Listener.open("callers", 80, failing, ticker).close();
  }

  @Test
  void openBoth_secondInUse_leavesNoneOpen() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int free = freePort();
      assertThatThrownBy(() -> Listeners.open(free, other.getLocalPort(), ticker))
          .hasMessage("port " + other.getLocalPort() + " is in use");
      Listener.open("callers", free, ticker).close();
    }
  }

  @Test
  void accept_portClosedByAnInterrupt_opensItAgain() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    Listener.Opening counted =
        port -> {
          ServerSocketChannel channel = Listener.bind(port);
          opened.incrementAndGet();
          return channel;
        };
    try (Listener listener = Listener.open("interrupted", freePort(), counted, ticker)) {
      listener.start(taken);
      connect(listener);
      Await.until("it accepts", () -> taken.told.size() == 1);
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("interrupted-listener"))
          .forEach(Thread::interrupt);
      Await.until("it is open again", () -> opened.get() == 2);
      connect(listener);
      Await.until("it accepts again", () -> taken.told.size() == 2);
      assertThat(listener.isAccepting()).isTrue();
    }
    assertThat(taken.told).containsOnly("taken");
  }

  @Test
  void accept_failsForAMinute_isNotAcceptingAndGivesUp() {
    Listener listener = Listener.open("callers", 80, _ -> new Failing(), ticker);
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A port of a process without descriptors. */
  private static final class Failing extends ServerSocketChannel {

    Failing() {
      super(SelectorProvider.provider());
    }

    @Override
    public SocketChannel accept() throws IOException {
      throw new IOException("Too many open files");
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
      throw new UnsupportedOperationException();
    }
  }
}
