package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many streams as may run at once: those beyond, and lookups and reports beside them. */
@Timeout(120)
class StreamsBesideOthersIT {
  private static final int MAX = 8;
  private static final int PART = 50_000;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String REQUEST =
      "GET " + Streams.ENDLESS + "?format=csv HTTP/1.1\r\nHost: papi\r\n\r\n";

  @TempDir private Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<RawConnection> readers = new ArrayList<>();
  private TestService service;
  private TestClient client;

  @BeforeEach
  void fill() {
    service =
        TestService.start(
            Streams.environment(
                directory,
                "store-connections = 1",
                "queries-connections = 1",
                "near-memory = 0 MiB",
                "queries.broken.max-concurrent = 1"));
    client = service.client();
    for (int i = 0; i < MAX; i++) {
      RawConnection reader = client.connect();
      readers.add(reader);
      reader.send(REQUEST);
      assertThat(reader.readHead()).startsWith("HTTP/1.1 200 ");
      threads.execute(() -> readOn(reader));
    }
  }

  /** Fast enough not to be taken for one who has stopped. */
  private static void readOn(RawConnection reader) {
    while (reader.read(PART) == PART) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @AfterEach
  void stop() {
    readers.forEach(RawConnection::close);
    threads.close();
    service.close();
  }

  @Test
  void get_beyondTheMost_is503_andOneThatEndsMakesRoom() {
    assertThat(Streams.underWay(client)).isEqualTo(MAX);
    HttpResponse<String> refused = client.get("/more/numbers/1");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(refused.body()).contains("8 streams of this query run");
    assertThat(client.metric("papi_rejected_total", "reason=\"streams\"")).isEqualTo(1);

    assertThat(client.send("HEAD", "/numbers/1").statusCode()).isEqualTo(200);
    assertThat(client.get("/numbers/x").statusCode()).isEqualTo(400);

    readers.getFirst().reset();
    Await.until("it has room", () -> Streams.underWay(client) == MAX - 1);
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/numbers/1?format=ndjson").body()).isEqualTo(Streams.lines(1));
      // the last byte is sent a moment before its stream is over
      Await.until("it is over", () -> Streams.underWay(client) == MAX - 1);
    }
    assertThat(client.metric("papi_rejected_total", "reason=\"streams\"")).isEqualTo(1);
  }

  @Test
  void get_anotherStream_hasItsOwnPlaces() {
    assertThat(client.get("/ended/9?limit=8&format=csv").statusCode()).isEqualTo(200);
    assertThat(client.get("/broken/1").statusCode()).isEqualTo(502);
    assertThat(client.get("/broken/1").statusCode()).isEqualTo(502);
  }

  @Test
  void get_lookupsAndReports_goOn() {
    for (int i = 1; i <= 50; i++) {
      assertThat(client.get("/customer/" + i).statusCode()).isEqualTo(200);
      assertThat(client.get("/births/" + (1920 + i)).statusCode()).isEqualTo(200);
    }
    assertThat(Streams.underWay(client)).isEqualTo(MAX);
    Await.until("all have a connection", () -> Streams.connections(client) == MAX);
    assertThat(client.metric("papi_rejected_total")).isZero();
  }
}
