package io.papi.service.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand callers who ask at once: the store is sent few statements. */
@Timeout(120)
class StampedeIT {
  private static final int CALLERS = 1_000;

  /** Room for a thousand connections that begin at once on two busy cores. */
  private static final Map<String, String> PATIENT =
      Map.of("PAPI_DEADLINE", "20s", "PAPI_STORE_JOIN_FOR", "20s");

  @Test
  void get_oneColdId_isOneStatement() throws Exception {
    try (TestService service = TestService.start(PATIENT)) {
      int before = service.client().statements();
      for (HttpResponse<String> answer : together(service.client(), _ -> "/customer/42")) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[{\"C_CUSTOMER_SK\":42,");
      }
      assertThat(service.client().statements() - before).isEqualTo(1);
    }
  }

  @Test
  void get_oneColdReport_isOneStatement(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("papi.conf"),
            """
            queries.births {
              paths = ["/births/{year}"]
              sql = "SELECT COUNT(*) AS customers FROM hybrid_customer WHERE c_birth_year = :year"
              parameters.year { type = whole, min = 1900, max = 2100 }
              deadline = 20s
            }
            """);
    Map<String, String> environment = new HashMap<>(PATIENT);
    environment.put("PAPI_CONFIG", file.toString());
    try (TestService service = TestService.start(environment)) {
      String report = "dataset=\"births\"";
      for (HttpResponse<String> answer : together(service.client(), _ -> "/births/1950")) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[{\"CUSTOMERS\":");
      }
      assertThat(service.client().metric("papi_store_query_seconds_count", report)).isEqualTo(1);
    }
  }

  @Test
  void get_oneColdIdThatIsAbsent_isOneStatement() throws Exception {
    try (TestService service = TestService.start(PATIENT)) {
      int before = service.client().statements();
      for (HttpResponse<String> answer : together(service.client(), _ -> "/customer/987654321")) {
        assertThat(answer.body()).isEqualTo("[]");
      }
      assertThat(service.client().statements() - before).isEqualTo(1);
    }
  }

  @Test
  void get_thousandColdIds_areFarFewerStatements() throws Exception {
    Map<String, String> narrow = Map.of("PAPI_DEADLINE", "20s", "PAPI_STORE_CONNECTIONS", "1");
    try (TestService service = TestService.start(narrow)) {
      int before = service.client().statements();
      List<HttpResponse<String>> answers =
          together(service.client(), caller -> "/customer/" + (caller + 1));
      for (int caller = 0; caller < CALLERS; caller++) {
        assertThat(answers.get(caller).body())
            .startsWith("[{\"C_CUSTOMER_SK\":" + (caller + 1) + ",");
      }
      assertThat(service.client().statements() - before).isLessThan(CALLERS / 2);
    }
  }

  private static List<HttpResponse<String>> together(TestClient client, IntFunction<String> path)
      throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        String own = path.apply(caller);
        answers.add(
            callers.submit(
                () -> {
                  start.await();
                  return client.get(own);
                }));
      }
      start.countDown();
      List<HttpResponse<String>> all = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : answers) {
        all.add(answer.get());
      }
      return all;
    }
  }
}
