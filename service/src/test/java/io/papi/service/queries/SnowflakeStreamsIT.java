package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.RawConnection;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams from Snowflake's stand-in, whose long answers come in parts as Snowflake's do. */
@Timeout(180)
class SnowflakeStreamsIT {
  private static final int ROWS = 20_000;
  private static final int PARTS = 40;
  private static final int PART = ROWS / PARTS;
  private static final int WIDTH = 1_000;
  private static final String ALL = "/numbers/" + ROWS + "?format=ndjson";
  private static final String REQUEST = "GET " + ALL + " HTTP/1.1\r\nHost: papi\r\n\r\n";

  private static final String QUERY =
      """
      queries.numbers {
        paths = ["/numbers/{last}"]
        sql = "SELECT X AS n, REPEAT('x', %d) AS words FROM SYSTEM_RANGE(1, :last)"
        parameters.last { type = whole, min = 0, max = 1000000000 }
        stream = true
        deadline = 3s
      }
      """
          .formatted(WIDTH);

  @TempDir private Path directory;
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;
  private TestClient client;

  @BeforeEach
  void start() {
    database = Customers.load(100);
    snowflake = SnowflakeStandIn.start(database.dataSource());
    snowflake.split(PART, PART);
    service = TestService.start(Births.environment(directory, snowflake.environment(), QUERY));
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    snowflake.close();
    database.close();
  }

  @Test
  void get_longAnswer_isWhole_fromAllItsParts() {
    String[] lines = client.get(ALL).body().split("\n", -1);
    assertThat(lines).hasSize(ROWS + 1);
    String words = "x".repeat(WIDTH);
    for (int n = 1; n <= ROWS; n++) {
      assertThat(lines[n - 1]).isEqualTo("{\"N\":%d,\"WORDS\":\"%s\"}".formatted(n, words));
    }
    assertThat(snowflake.chunksAsked()).isEqualTo(PARTS - 1);
    assertThat(client.get("/numbers/20000?limit=3&format=csv").body().lines()).hasSize(4);
    assertGivenBack();
  }

  @Test
  void reader_thatStops_isClosed_andNoMorePartsAreAskedFor() {
    try (RawConnection reader = client.connect()) {
      reader.send(REQUEST);
      assertThat(reader.readHead()).startsWith("HTTP/1.1 200 ");
      Await.until("it has a connection", () -> Streams.connections(client) == 1);
      Await.until("it is closed", () -> slowReaders() == 1);
      assertEnded(0);
      assertThat(reader.readUntilClosed()).doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void reader_thatGoes_endsTheDownload() {
    List<Consumer<RawConnection>> ways = List.of(RawConnection::close, RawConnection::reset);
    for (Consumer<RawConnection> way : ways) {
      int before = snowflake.chunksAsked();
      try (RawConnection reader = client.connect()) {
        reader.send(REQUEST);
        assertThat(reader.read(WIDTH * PART)).isPositive();
        way.accept(reader);
        Await.until("it is noticed", () -> Streams.underWay(client) == 0);
      }
      assertEnded(before);
    }
    assertThat(Streams.broken(client, "reader")).isEqualTo(ways.size());
  }

  private void assertEnded(int before) {
    assertGivenBack();
    int asked = snowflake.chunksAsked();
    assertThat(asked - before).isLessThan(PARTS - 1);
    assertThat(client.get("/numbers/3?format=csv").body().lines()).hasSize(4);
    assertThat(snowflake.chunksAsked()).isEqualTo(asked);
    assertThat(Streams.broken(client, "store")).isZero();
  }

  /** With its session, which the next stream has. */
  private void assertGivenBack() {
    Await.until("its connection is given back", () -> Streams.connections(client) == 0);
    int signIns = snowflake.signIns().size();
    assertThat(client.get("/numbers/2?format=csv").body().lines()).hasSize(3);
    assertThat(snowflake.signIns()).hasSize(signIns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson", "csv", "xml"})
  void get_laterRowsThatBreakOff_areAnError(String format) {
    snowflake.breakChunksAfter(PARTS / 2);
    String path = "/numbers/" + ROWS + "?format=" + format;
    assertThatThrownBy(() -> client.get(path)).isInstanceOf(UncheckedIOException.class);
    Await.until("it is counted", () -> Streams.broken(client, "store") == 1);
    Await.until("its connection is given back", () -> Streams.connections(client) == 0);
    snowflake.breakChunksAfter(Integer.MAX_VALUE / 2);
    assertThat(client.get("/numbers/2?format=csv").body().lines()).hasSize(3);
  }

  @Test
  void get_storeThatFailsBeforeTheFirstRow_isAProblem() {
    snowflake.always(Fault.UNAVAILABLE, "REPEAT");
    HttpResponse<String> answer = client.get(ALL);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    snowflake.behave();
    Await.until("it is back", () -> client.get("/numbers/2").statusCode() == 200);
  }

  private int slowReaders() {
    return (int) client.metric("papi_connections_closed_total", "reason=\"slow-reader\"");
  }
}
