package io.papi.service.store;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.ServiceProcess;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More connections than the HTTP pool of Snowflake's driver has by itself, which are 300. */
@Timeout(240)
class StoreConnectionsIT {
  private static final int CONNECTIONS = 310;

  @TempDir private Path temporary;

  @Test
  void get_beyondTheDriversPool_runsAStatementOnEveryConnection() throws Exception {
    try (EmbeddedStore database = Customers.load(500);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
        ServiceProcess service =
            ServiceProcess.start(temporary, environment(snowflake)).awaitServing();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Await.until(
          "all are signed in",
          Duration.ofSeconds(60),
          () -> snowflake.signIns().size() >= CONNECTIONS);
      int before = snowflake.statements().size();
      snowflake.always(Fault.HANG);
      for (int first = 1; first <= 400; first += 100) {
        String ids = ids(first);
        callers.execute(() -> service.client().get("/customer/" + ids));
      }
      Await.until(
          "as many statements run", () -> snowflake.statements().size() == before + CONNECTIONS);
      snowflake.behave();
      snowflake.release();
    }
  }

  private static Map<String, String> environment(SnowflakeStandIn snowflake) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_STORE_CONNECTIONS", Integer.toString(CONNECTIONS));
    environment.put("PAPI_STORE_MAX_BATCH", "1");
    environment.put("PAPI_STORE_SILENCE", "1m");
    environment.put("PAPI_START_WAIT", "60s");
    environment.put("PAPI_DEADLINE", "20s");
    environment.put("PAPI_REDIS", "off");
    return environment;
  }

  private static String ids(int first) {
    return IntStream.range(first, first + 100)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
