package io.papi.testing.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.proxy.FaultProxy.Direction;
import io.papi.testing.proxy.Toxic.Bandwidth;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import io.papi.testing.proxy.Toxic.Slicer;
import io.papi.testing.proxy.Toxic.SlowClose;
import io.papi.testing.proxy.Toxic.Timeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The proxy in front of a server that sends back what it gets. */
@org.junit.jupiter.api.Timeout(60)
final class FaultProxyTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  private ServerSocket echo;
  private FaultProxy proxy;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = FaultProxy.to(echo.getLocalPort());
    client = newClient();
    assertThat(echoed("hello")).isEqualTo("hello");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    echo.close();
  }

  @Test
  void noToxic_passesAllBytes_andTheEnd() throws IOException {
    String much = "0123456789".repeat(100_000);
    Thread.ofVirtual().start(() -> sendAndEnd(much));
    assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII)).isEqualTo(much);
  }

  @ParameterizedTest
  @EnumSource
  void latency_delaysEitherDirection_untilRemoved(Direction direction) throws IOException {
    try (var _ = proxy.add(direction, new Latency(SHORT, Duration.ZERO))) {
      assertThat(time(() -> echoed("late"))).isGreaterThanOrEqualTo(SHORT);
    }
    AddedToxic lasting = proxy.add(direction, new Latency(LONG, Duration.ZERO));
    send("freed");
    lasting.close();
    assertThat(received(5)).isEqualTo("freed");
  }

  @Test
  void latency_doesNotLowerTheRate() throws IOException {
    try (var _ = proxy.add(Direction.UPSTREAM, new Latency(Duration.ofSeconds(1), SHORT))) {
      Duration took =
          time(
              () -> {
                for (int i = 0; i < 20; i++) {
                  send(String.valueOf(i % 10));
                }
                assertThat(received(20)).isEqualTo("0123456789".repeat(2));
              });
      assertThat(took).isBetween(Duration.ofMillis(950), Duration.ofSeconds(10));
    }
  }

  @Test
  void bandwidth_boundsTheRate() throws IOException {
    try (var _ = proxy.add(Direction.DOWNSTREAM, new Bandwidth(10_000))) {
      assertThat(time(() -> echoed("x".repeat(2_000)))).isGreaterThan(Duration.ofMillis(180));
    }
  }

  @Test
  void slicer_passesAllBytesInSmallSlices() throws IOException {
    try (var _ = proxy.add(Direction.DOWNSTREAM, new Slicer(1, 0, SHORT))) {
      send("abc");
      assertThat(client.getInputStream().readNBytes(1)).isEqualTo("a".getBytes(US_ASCII));
      assertThat(client.getInputStream().available()).isLessThanOrEqualTo(1);
      assertThat(received(2)).isEqualTo("bc");
    }
  }

  @Test
  void limitData_closesBehindTheLastByte_ofEachConnection() throws IOException {
    try (var _ = proxy.add(Direction.DOWNSTREAM, new LimitData(7))) {
      send("12345");
      assertThat(received(5)).isEqualTo("12345");
      send("67890");
      assertThat(client.getInputStream().readAllBytes()).isEqualTo("67".getBytes(US_ASCII));
      client = newClient();
      assertThat(echoed("again")).isEqualTo("again");
    }
  }

  @Test
  void resetPeer_resets() throws IOException {
    try (var _ = proxy.add(Direction.DOWNSTREAM, new ResetPeer(Duration.ZERO))) {
      send("1");
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void timeout_passesNothing_andCloses() throws IOException {
    try (var _ = proxy.add(Direction.UPSTREAM, new Timeout(SHORT))) {
      send("1");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void timeoutOfZero_passesNothing_andStaysOpen() throws IOException {
    try (var _ = proxy.add(Direction.UPSTREAM, new Timeout(Duration.ZERO))) {
      send("lost");
      client.setSoTimeout((int) SHORT.toMillis());
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    client.setSoTimeout(0);
    assertThat(echoed("kept")).isEqualTo("kept");
  }

  @Test
  void slowClose_delaysTheEndAlone() throws IOException {
    try (var _ = proxy.add(Direction.DOWNSTREAM, new SlowClose(SHORT))) {
      Duration took =
          time(
              () -> {
                sendAndEnd("bye");
                assertThat(client.getInputStream().readAllBytes()).hasSize(3);
              });
      assertThat(took).isGreaterThanOrEqualTo(SHORT);
    }
  }

  @Test
  void down_closesAndRefuses_untilUp() throws IOException {
    proxy.down();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThatThrownBy(this::newClient).hasMessageContaining("refused");
    proxy.up();
    client = newClient();
    assertThat(echoed("back")).isEqualTo("back");
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void serverGone_closesTheConnection() throws IOException {
    proxy.close();
    // bound, so that nobody else gets the port, but nobody listens
    try (Socket gone = new Socket()) {
      gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      proxy = FaultProxy.to(gone.getLocalPort());
      client = newClient();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static Duration time(Action action) {
    long start = System.nanoTime();
    try {
      action.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Socket newClient() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private String echoed(String text) throws IOException {
    send(text);
    return received(text.length());
  }

  private void send(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private String received(int count) throws IOException {
    return new String(client.getInputStream().readNBytes(count), US_ASCII);
  }

  private void sendAndEnd(String text) {
    try {
      send(text);
      client.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = echo.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException e) {
                    // the proxy has closed it
                  }
                });
      }
    } catch (IOException e) {
      // closed
    }
  }
}
