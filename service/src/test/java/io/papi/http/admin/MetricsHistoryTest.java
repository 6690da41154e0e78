package io.papi.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class MetricsHistoryTest {
  private final ManualTicker ticker = new ManualTicker();
  private int requests;
  private final MetricsHistory history =
      new MetricsHistory(
          () -> "# HELP requests all of them\nrequests " + requests + "\nheap 7\n", ticker);

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void json_nothingNoted_isEmpty() {
    assertThat(pages()).isEmpty();
  }

  @Test
  void json_noted_isWithoutComments_oldestFirst_withItsAge() {
    history.note();
    ticker.advance(Duration.ofSeconds(10));
    requests = 5;
    history.note();
    ticker.advance(Duration.ofMillis(1_500));

    assertThat(pages())
        .extracting(page -> page.get("metrics").stringValue())
        .containsExactly("requests 0\nheap 7", "requests 5\nheap 7");
    assertThat(pages())
        .extracting(page -> page.get("age").intValue())
        .containsExactly(11_500, 1_500);
  }

  @Test
  void note_olderThanFiveMinutes_isForgotten() {
    IntStream.range(0, 100)
        .forEach(
            i -> {
              requests = i;
              history.note();
              ticker.advance(MetricsHistory.PERIOD);
            });

    assertThat(pages())
        .hasSize(31)
        .first()
        .extracting(page -> page.get("metrics").stringValue())
        .isEqualTo("requests 69\nheap 7");
  }

  private JsonNode pages() {
    return new ObjectMapper().readTree(history.json());
  }
}
