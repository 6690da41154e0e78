package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many connections as there may be, and those that come then. */
@Timeout(120)
class ConnectionLimitIT {
  private static final int LIMIT = 20;
  private static final String REQUEST = "GET /customer/7 HTTP/1.1\r\nHost: papi\r\n\r\n";
  private static final String LAST_REQUEST =
      "GET /customer/7 HTTP/1.1\r\nHost: papi\r\nConnection: close\r\n\r\n";
  private static final Map<String, String> FEW =
      Map.of("PAPI_MAX_CONNECTIONS", Integer.toString(LIMIT));

  @Test
  void answeredAndIdle_oneOfThemMakesRoomForEachNewOne() {
    try (TestService service = TestService.start(FEW);
        Connected connected = new Connected(service.client()::connect)) {
      TestClient client = service.client();
      connected.open(LIMIT, REQUEST);
      connected.open(5, REQUEST);
      int alive = 0;
      for (RawConnection caller : connected.callers) {
        caller.send(LAST_REQUEST);
        alive += caller.readUntilClosed().startsWith("HTTP/1.1 200 ") ? 1 : 0;
      }
      assertThat(alive).isEqualTo(LIMIT);
      assertThat(client.metric("papi_connections_closed_total", "reason=\"room\"")).isEqualTo(5);
      assertThat(client.metric("papi_rejected_total", "reason=\"connections\"")).isZero();
    }
  }

  @Test
  void inUse_nextIsRefusedWithAProblem_andTheOthersAreAnswered() {
    Map<String, String> slow =
        Map.of(
            "PAPI_MAX_CONNECTIONS", "4",
            "PAPI_EMBEDDED_LATENCY_P50", "4s",
            "PAPI_EMBEDDED_LATENCY_P99", "4s",
            "PAPI_DEADLINE", "30s");
    try (TestService service = TestService.start(slow);
        Connected connected = new Connected(service.client()::connect)) {
      TestClient client = service.client();
      for (int i = 0; i < 4; i++) {
        RawConnection caller = connected.open();
        caller.send("GET /customer/" + (i + 1) + " HTTP/1.1\r\nHost: papi\r\n\r\n");
      }
      Await.until("all wait", () -> client.metric("papi_inflight") == 4);
      RawConnection next = connected.open();
      next.send(REQUEST);
      assertThat(next.readUntilClosed())
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("\r\nRetry-After: 1\r\n")
          .containsIgnoringCase("\r\nConnection: close\r\n")
          .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
          .containsPattern("(?i)\r\nX-Request-Id: [^\r]+\r\n")
          .contains("\"status\":503")
          .contains("\"requestId\":\"");
      RawConnection head = connected.open();
      head.send("HEAD /customer/7 HTTP/1.1\r\nHost: papi\r\n\r\n");
      assertThat(head.readUntilClosed()).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\n");
      for (RawConnection waiting : connected.callers.subList(0, 4)) {
        assertThat(waiting.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(client.metric("papi_rejected_total", "reason=\"connections\"")).isEqualTo(2);
      assertThat(client.metric("papi_connections_closed_total", "reason=\"room\"")).isZero();
    }
  }

  @Test
  void floodOfTheOperatorsPort_probesAreAnswered() {
    try (TestService service = TestService.start(FEW);
        Connected connected = new Connected(service.client()::connectToAdmin)) {
      connected.open(
          ConnectionLimits.MAX_OPERATORS + 10, "GET /health/live HTTP/1.1\r\nHost: papi\r\n\r\n");
      assertThat(service.client().admin("/health/ready").statusCode()).isEqualTo(200);
      assertThat(service.client().get("/customer/1").statusCode()).isEqualTo(200);
    }
  }

  /** Callers who stay connected. */
  private static final class Connected implements AutoCloseable {
    private final List<RawConnection> callers = new ArrayList<>();
    private final Supplier<RawConnection> connect;

    Connected(Supplier<RawConnection> connect) {
      this.connect = connect;
    }

    RawConnection open() {
      callers.add(connect.get());
      return callers.getLast();
    }

    /** Opens connections one after the other, each of which is answered. */
    void open(int count, String request) {
      for (int i = 0; i < count; i++) {
        RawConnection caller = open();
        caller.send(request);
        assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
    }

    @Override
    public void close() {
      callers.forEach(RawConnection::close);
    }
  }
}
