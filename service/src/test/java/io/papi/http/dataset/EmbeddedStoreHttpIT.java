package io.papi.http.dataset;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on the embedded store, without Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedStoreHttpIT extends HttpContract {
  private TestService service;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Override
  protected TestClient client() {
    return service.client();
  }
}
