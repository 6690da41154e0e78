package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while streams are under way. */
@Timeout(120)
class StreamsAtTheEndIT {
  /** More than the buffers of both systems hold. */
  private static final int LONG = 1_000_000;

  private static final String QUERY =
      """
      redis = off
      queries.numbers {
        paths = ["/numbers/{last}"]
        sql = "SELECT X AS n, 'the row ' || X AS words FROM SYSTEM_RANGE(1, :last)"
        parameters.last { type = whole, min = 0, max = 1000000000 }
        stream = true
        deadline = 4s
      }
      """;

  private static final int PART = 50_000;
  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir private Path directory;
  private Map<String, String> environment;

  @BeforeEach
  void configure() {
    environment = Births.environment(directory, Map.of(), QUERY);
  }

  @Test
  void sigterm_streamThatEndsInTime_endsWhole() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(directory, environment).awaitServing();
        RawConnection reader = service.client().connect()) {
      begin(reader, LONG);
      service.process().destroy();
      Await.until("no one else is let in", () -> isClosed(service));
      String rest = reader.readBody();
      assertThat(rest.lines().count()).isEqualTo(LONG);
      assertThat(rest).endsWith("{\"N\":1000000,\"WORDS\":\"the row 1000000\"}\n");
      assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(service.log())
          .contains("all requests have been answered")
          .doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  void sigterm_longerStream_isBrokenAtTheEnd_andTheProcessEnds() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(directory, environment).awaitServing();
        RawConnection reader = service.client().connect()) {
      begin(reader, 1_000_000_000);
      long began = System.nanoTime();
      service.process().destroy();
      while (reader.read(PART) == PART) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(3));
      assertThat(reader.endsWithReset()).isTrue();
      assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(service.log())
          .contains("1 connections were cut")
          .doesNotContain("ERROR", "Exception");
    }
  }

  private static void begin(RawConnection reader, int last) {
    reader.send("GET /numbers/" + last + "?format=ndjson HTTP/1.1\r\nHost: papi\r\n\r\n");
    assertThat(reader.readHead()).startsWith("HTTP/1.1 200 ");
  }

  private static boolean isClosed(ServiceProcess service) {
    try (TestClient client = service.newClient()) {
      client.get("/customer/1");
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }
}
