package io.papi.http.dataset;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract through Snowflake's driver, without Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnowflakeHttpIT extends HttpContract {
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;

  @BeforeAll
  void start() {
    database = Customers.load(2_000);
    snowflake = SnowflakeStandIn.start(database.dataSource());
    service = TestService.start(snowflake.environment());
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
}
