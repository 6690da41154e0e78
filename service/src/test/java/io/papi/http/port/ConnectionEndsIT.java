package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http1.Http1Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.caller.Callers;
import io.papi.http.Exposure;
import io.papi.http.HttpServer;
import io.papi.http.HttpSettings;
import io.papi.http.Served;
import io.papi.http.connection.ConnectionWatch;
import io.papi.http.connection.WatchedConnection;
import io.papi.http.exchange.Health;
import io.papi.testing.Await;
import io.papi.testing.ManualTicker;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However a connection ends, nothing of it is left: not in the gauge, and not in the heap. The
 * service's time is the test's.
 */
@Timeout(120)
class ConnectionEndsIT {
  private static final int CONNECTIONS = 20;
  private static final String LINE = "GET /test HTTP/1.1\r\n";
  private static final String REQUEST = LINE + "Host: papi\r\n\r\n";

  private final ManualTicker time = new ManualTicker();
  private final AtomicInteger looks = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Health health = new Health(Map.of());
  private final long instancesBefore = instances();
  private final HttpServer server =
      HttpServer.start(
          new HttpSettings(
              0,
              0,
              OptionalInt.empty(),
              100,
              1_000,
              0,
              CONNECTIONS,
              1,
              Duration.ofSeconds(1),
              0,
              Callers.anybody(true),
              Exposure.LOCAL),
          new Served(List.of(), List.of(), List.of()),
          health,
          meters,
          () -> "",
          this::nanos);
  private final TestClient client = new TestClient(server.port(), server.adminPort());
  private final List<RawConnection> callers = new ArrayList<>();

  @AfterEach
  void stop() {
    callers.forEach(RawConnection::close);
    server.stop();
    client.close();
  }

  @Test
  void closedByTheCaller_leavesNothing() {
    askAll();
    callers.forEach(RawConnection::close);
    assertNothingIsLeft();
  }

  @Test
  void resetByTheCaller_leavesNothing() {
    askAll();
    callers.forEach(RawConnection::reset);
    assertNothingIsLeft();
  }

  @Test
  void resetWhileItIsAnswered_leavesNothing() {
    connectAll();
    for (RawConnection caller : callers) {
      caller.send(REQUEST.repeat(100));
      caller.reset();
    }
    assertNothingIsLeft();
  }

  @Test
  void closedAsTheCallerAsks_leavesNothing() {
    connectAll();
    callers.forEach(caller -> caller.send(LINE + "Host: papi\r\nConnection: close\r\n\r\n"));
    callers.forEach(RawConnection::readUntilClosed);
    assertNothingIsLeft();
  }

  @Test
  void closedWithAnAnswerThatSaysSo_leavesNothing() {
    askAll();
    health.moveTo(Health.Stage.DRAINING);
    callers.forEach(caller -> caller.send(REQUEST));
    callers.forEach(RawConnection::readUntilClosed);
    assertNothingIsLeft();
  }

  @Test
  void closedForABadRequest_leavesNothing() {
    connectAll();
    callers.forEach(caller -> caller.send("nonsense\r\n\r\n"));
    callers.forEach(RawConnection::readUntilClosed);
    assertNothingIsLeft();
  }

  @Test
  void closedForIdleness_leavesNothing() {
    askAll();
    passTime(ConnectionWatch.IDLE_PATIENCE);
    callers.forEach(caller -> assertThat(caller.readUntilClosed()).isEmpty());
    assertNothingIsLeft();
    assertThat(closed("idle")).isEqualTo(CONNECTIONS);
  }

  @Test
  void closedForASlowHead_leavesNothing() {
    connectAll();
    callers.forEach(caller -> caller.send("GET /te"));
    passTime(ConnectionWatch.HEAD_PATIENCE);
    callers.forEach(caller -> assertThat(caller.readUntilClosed()).isEmpty());
    assertNothingIsLeft();
    assertThat(closed("slow-request")).isEqualTo(CONNECTIONS);
  }

  @Test
  void closedForSlowReading_leavesNothing() {
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(client.connectNarrow());
      callers.getLast().send(REQUEST.repeat(2_000));
    }
    Await.until(
        "all are closed",
        () -> {
          passTime(ConnectionWatch.ANSWER_PATIENCE);
          // time may pass in the middle of a head, too
          return closed("slow-reader") + closed("slow-request") == CONNECTIONS;
        });
    assertThat(closed("slow-reader")).isPositive();
    assertNothingIsLeft();
  }

  @Test
  void closedToMakeRoom_leavesNothing() {
    askAll();
    passTime(Duration.ofSeconds(1));
    // some that were found idle keep waiting for their turn to go
    int more = CONNECTIONS + 2;
    for (int i = 0; i < more; i++) {
      RawConnection next = client.connect();
      callers.add(next);
      next.send(REQUEST);
      assertThat(next.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    callers.forEach(RawConnection::close);
    assertNothingIsLeft();
    assertThat(closed("room")).isEqualTo(more);
  }

  @Test
  void closedByTheEndOfTheServer_leavesNothing() {
    askAll();
    Thread stopping = Thread.ofVirtual().start(server::stop);
    Await.until(
        "it has stopped",
        () -> {
          time.advance(Duration.ofMillis(100));
          return !stopping.isAlive();
        });
    callers.forEach(RawConnection::readUntilClosed);
    assertNothingIsLeft();
  }

  private void connectAll() {
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(client.connect());
    }
    Await.until(
        "all are accepted", () -> meters.get("papi.connections").gauge().value() == CONNECTIONS);
  }

  private void askAll() {
    connectAll();
    callers.forEach(caller -> caller.send(REQUEST));
    callers.forEach(RawConnection::readAnswer);
    assertThat(meters.get("papi.connections").gauge().value()).isEqualTo(CONNECTIONS);
    assertThat(instances() - instancesBefore).isGreaterThanOrEqualTo(2 * CONNECTIONS);
  }

  /** Has time pass and be seen; of the looks at it the first is late, and closes nobody. */
  private void passTime(Duration passed) {
    time.advance(passed.plusMillis(1));
    int before = looks.get();
    Await.until("it has been seen", () -> looks.get() >= before + 3);
  }

  private long nanos() {
    if (Thread.currentThread().getName().equals("connection-watch")) {
      looks.incrementAndGet();
    }
    return time.nanos();
  }

  private void assertNothingIsLeft() {
    Await.until(
        "they are out of the gauge", () -> meters.get("papi.connections").gauge().value() == 0);
    Await.until("they are out of the heap", () -> instances() <= instancesBefore);
  }

  private double closed(String reason) {
    return meters.counter("papi.connections.closed", "reason", reason).count();
  }

  /** Connections in the heap after a collection, the service's own and the server's. */
  private static long instances() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      return count(histogram, WatchedConnection.class) + count(histogram, Http1Connection.class);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(String histogram, Class<?> type) {
    Matcher line =
        Pattern.compile(" *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(type.getName()) + "( .*)?")
            .matcher("");
    return histogram
        .lines()
        .filter(text -> line.reset(text).matches())
        .mapToLong(text -> Long.parseLong(line.group(1)))
        .sum();
  }
}
