package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who hold a connection and say little. */
@Timeout(120)
class SlowCallersIT {
  private static final int CONNECTIONS = 20;
  private static final String LINE = "GET /health/live HTTP/1.1\r\n";
  private static final String REQUEST = LINE + "Host: papi\r\n\r\n";

  @Test
  void slowHead_isClosed_andTheIdleSpared() {
    try (TestService service = TestService.start(Map.of())) {
      assertOnlySlowAreClosed(service.client(), TestClient::connect);
      assertOnlySlowAreClosed(service.client(), TestClient::connectToAdmin);
    }
  }

  private static void assertOnlySlowAreClosed(
      TestClient client, Function<TestClient, RawConnection> connect) {
    List<RawConnection> slow = new ArrayList<>();
    try (RawConnection idle = connect.apply(client)) {
      idle.send(REQUEST);
      idle.readAnswer();
      for (String beginning :
          List.of("", "GE", LINE, LINE + "Host: papi\r\nX: ", "\r\n\r\n", "\r\nG")) {
        RawConnection fresh = connect.apply(client);
        slow.add(fresh);
        fresh.send(beginning);
        RawConnection kept = connect.apply(client);
        kept.send(REQUEST + beginning);
        kept.readAnswer();
        if (!beginning.isEmpty()) {
          slow.add(kept);
          kept.send(beginning.equals(LINE) ? "H" : "T");
        } else {
          kept.close();
        }
      }
      for (RawConnection caller : slow) {
        assertThat(caller.readUntilClosed()).isEmpty();
      }
      idle.send(REQUEST);
      assertThat(idle.readAnswer()).startsWith("HTTP/1.1 ");
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  @Test
  void gone_isForgotten() {
    try (TestService service = TestService.start(Map.of())) {
      List<RawConnection> callers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        RawConnection caller = service.client().connect();
        callers.add(caller);
        caller.send(REQUEST);
        caller.readAnswer();
      }
      assertThat(service.client().metric("papi_connections")).isGreaterThanOrEqualTo(CONNECTIONS);
      for (RawConnection caller : callers) {
        caller.reset();
      }
      Await.until(
          "they are let go of",
          () -> service.client().metric("papi_connections") < CONNECTIONS / 2.0);
    }
  }

  @Test
  void silentUpToTheLimit_othersAreServed() {
    try (TestService service =
        TestService.start(Map.of("PAPI_MAX_CONNECTIONS", Integer.toString(CONNECTIONS)))) {
      List<RawConnection> silent = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS + 5; i++) {
          silent.add(service.client().connect());
        }
        assertThat(service.client().get("/customer/1").statusCode()).isEqualTo(200);
      } finally {
        silent.forEach(RawConnection::close);
      }
    }
  }

  @Test
  void slowReadersUpToTheLimit_areClosed_andOthersAreServed() {
    String ids =
        IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String requests = ("GET /customer/" + ids + " HTTP/1.1\r\nHost: papi\r\n\r\n").repeat(400);
    try (TestService service =
        TestService.start(Map.of("PAPI_MAX_CONNECTIONS", Integer.toString(CONNECTIONS)))) {
      TestClient client = service.client();
      List<RawConnection> readers = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          readers.add(client.connectNarrow());
          readers.getLast().send(requests);
        }
        Await.until("all are closed", () -> slowReadersClosed(client) == CONNECTIONS);
        assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
        assertThat(client.metric("papi_inflight")).isZero();
      } finally {
        readers.forEach(RawConnection::close);
      }
    }
  }

  private static double slowReadersClosed(TestClient client) {
    return client.metric("papi_connections_closed_total", "reason=\"slow-reader\"");
  }
}
