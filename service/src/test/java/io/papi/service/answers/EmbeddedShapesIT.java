package io.papi.service.answers;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The shapes on the embedded store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedShapesIT extends ShapesContract {
  private EmbeddedStore database;
  private TestService service;

  @BeforeAll
  void start(@TempDir Path directory) {
    database = Customers.load(ROWS);
    service =
        TestService.start(
            Map.of("PAPI_CONFIG", file(directory).toString(), "PAPI_ROWS", "" + ROWS));
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Override
  protected TestClient client() {
    return service.client();
  }

  @Override
  protected DataSource database() {
    return database.dataSource();
  }
}
