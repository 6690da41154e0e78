package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who read a stream slowly, stop, or go: what becomes of it and of its statement. */
@Timeout(120)
class StreamReadersIT {
  private static final String REQUEST =
      "GET " + Streams.ENDLESS + " HTTP/1.1\r\nHost: papi\r\n\r\n";
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What a slow reader takes in a second: far less than the buffers of both systems hold. */
  private static final int PACE = 60_000;

  /** More than twice the time after which one who takes nothing is closed. */
  private static final int SECONDS = 13;

  @TempDir private Path directory;
  private TestService service;
  private TestClient client;

  @BeforeEach
  void start() {
    service = TestService.start(Streams.environment(directory));
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void reader_thatStops_isClosed_andItsStatementEnds() {
    try (RawConnection one = client.connect();
        RawConnection other = client.connectNarrow()) {
      one.send(REQUEST);
      other.send(REQUEST);
      assertThat(one.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(other.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(Streams.underWay(client)).isEqualTo(2);
      Await.until("each has a connection", () -> Streams.connections(client) == 2);
      assertEnds(2);
      assertThat(slowReaders()).isEqualTo(2);
      assertThat(one.endsWithReset()).isTrue();
    }
  }

  @Test
  void reader_thatGoes_endsItsStatement() {
    List<Consumer<RawConnection>> ways = List.of(RawConnection::close, RawConnection::reset);
    for (int i = 0; i < ways.size(); i++) {
      try (RawConnection reader = client.connect()) {
        reader.send(REQUEST);
        assertThat(reader.read(100_000)).isEqualTo(100_000);
        ways.get(i).accept(reader);
        assertEnds(i + 1);
      }
    }
    assertThat(slowReaders()).isZero();
  }

  private void assertEnds(int readers) {
    Await.until("they are counted", () -> Streams.broken(client, "reader") == readers);
    Await.until("their connections are given back", () -> Streams.connections(client) == 0);
    long rows = Streams.rows();
    assertThat(Streams.underWay(client)).isZero();
    assertThat(Streams.broken(client, "store")).isZero();
    assertThat(client.get("/numbers/3?format=ndjson").body()).isEqualTo(Streams.lines(3));
    assertThat(Streams.rows()).as("nothing reads on").isEqualTo(rows + 3);
  }

  @Test
  void reader_thatIsSlow_keepsItsStream() {
    List<RawConnection> readers = new ArrayList<>();
    try {
      readers.add(client.connect());
      readers.add(client.connectNarrow());
      for (RawConnection reader : readers) {
        reader.send(REQUEST);
      }
      for (int second = 0; second < SECONDS; second++) {
        for (RawConnection reader : readers) {
          assertThat(reader.read(PACE)).as("in second %d", second).isEqualTo(PACE);
        }
        LockSupport.parkNanos(SECOND.toNanos());
      }
      assertThat(slowReaders()).isZero();
      assertThat(Streams.underWay(client)).isEqualTo(2);
      // what it held back when it slept is not the last of it
      assertThat(readers.getFirst().read(20_000_000)).isEqualTo(20_000_000);
    } finally {
      readers.forEach(RawConnection::close);
    }
    assertEnds(2);
  }

  private int slowReaders() {
    return (int) client.metric("papi_connections_closed_total", "reason=\"slow-reader\"");
  }
}
