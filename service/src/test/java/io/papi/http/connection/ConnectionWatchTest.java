package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionWatchTest {
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final OpenConnections connections = new OpenConnections("callers", 100, meters, ticker);
  private final ConnectionWatch watch = new ConnectionWatch(List.of(connections), meters, ticker);
  private final FakeConnection socket = new FakeConnection();
  private final WatchedConnection connection = socket.watched(ticker);

  @BeforeEach
  void open() {
    connections.admit();
    connections.add(connection);
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void closeLate_silent_isClosedWithinThreeSeconds() {
    look(10);
    assertThat(socket.open).isTrue();
    look(1);
    assertThat(socket.open).isFalse();
  }

  @Test
  void closeLate_idleAfterARequest_isSpared() {
    idleAfterARequest();
    assertThat(socket.open).isTrue();
    assertThat(meters.get("papi.connections").gauge().value()).isOne();
  }

  @Test
  void closeLate_nextRequestBegun_isClosed() {
    idleAfterARequest();
    read("GE");
    look(20);
    assertThat(socket.open).isTrue();
    read("T");
    look(11);
    assertThat(socket.open).isFalse();
  }

  @Test
  void closeLate_headersOfTheNextRequestMissing_isClosed() {
    idleAfterARequest();
    read("GET / HTTP/1.1\r\n");
    connection.dataReader().readBytes(14);
    connection.dataReader().skip(2);
    connection.requestBegun(prologue());
    read("H");
    look(11);
    assertThat(socket.open).isFalse();
  }

  @Test
  void closeLate_processHadNoTime_looksOnceMore() {
    ticker.advance(Duration.ofSeconds(60));
    watch.closeLate();
    assertThat(socket.open).isTrue();
    look(1);
    assertThat(socket.open).isFalse();
  }

  @Test
  void closeLate_answerNotTaken_isClosed() {
    idleAfterARequest();
    socket.writer.meanwhile =
        () -> {
          look(21);
          assertThat(socket.open).isTrue();
          look(1);
          assertThat(socket.open).isFalse();
        };
    connection.dataWriter().write(BufferData.create("an answer"));
    assertThat(socket.endsWithReset).isTrue();
    assertThat(closed("slow-reader")).isOne();
    assertThat(closed("slow-request")).isZero();
  }

  @Test
  void closeLate_eachAnswerTakenInTime_isSpared() {
    idleAfterARequest();
    socket.writer.meanwhile = () -> look(20);
    for (int i = 0; i < 10; i++) {
      connection.dataWriter().write(BufferData.create("an answer"));
      connection.dataWriter().writeNow(BufferData.create("and"), BufferData.create("another"));
    }
    assertThat(socket.open).isTrue();
  }

  private double closed(String reason) {
    return meters.get("papi.connections.closed").tag("reason", reason).counter().count();
  }

  /** A request has been read, and for minutes nothing comes after it. */
  private void idleAfterARequest() {
    read("GET / HTTP/1.1\r\n\r\n");
    connection.dataReader().skip(18);
    connection.requestBegun(prologue());
    connection.requestRead(WritableHeaders.create());
    look(1_000);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      ticker.advance(PERIOD);
      watch.closeLate();
    }
  }

  /** Has the connection read one more piece. */
  private void read(String piece) {
    socket.pieces.add(piece);
    connection.dataReader().pullData();
  }

  private static HttpPrologue prologue() {
    return HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.GET, "/", false);
  }
}
