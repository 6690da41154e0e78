package io.papi.service.answers;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The shapes through Snowflake's driver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnowflakeShapesIT extends ShapesContract {
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;

  @BeforeAll
  void start(@TempDir Path directory) {
    database = Customers.load(ROWS);
    snowflake = SnowflakeStandIn.start(database.dataSource());
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_CONFIG", file(directory).toString());
    service = TestService.start(environment);
  }

  @AfterAll
  void stop() {
    service.close();
    snowflake.close();
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
