package io.papi.testing;

import io.papi.config.Configuration;
import io.papi.config.StoreMode;
import io.papi.store.embedded.EmbeddedStore;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * {@link SnowflakeStandIn} as a process of its own, with the tables of the default configuration,
 * for the benchmark of the start. A signal ends it.
 */
public final class StandInProcess {
  private StandInProcess() {}

  /**
   * Serves until a signal comes.
   *
   * @param args the port
   */
  public static void main(String[] args) throws InterruptedException {
    StoreMode mode = Configuration.read(Map.of("PAPI_STORE", "embedded")).storeMode();
    if (!(mode instanceof StoreMode.Embedded(var tables))) {
      throw new IllegalStateException("no tables to serve: the store is " + mode);
    }
    EmbeddedStore database = EmbeddedStores.filled(tables);
    SnowflakeStandIn snowflake =
        SnowflakeStandIn.start(database.dataSource(), Integer.parseInt(args[0]));
    System.out.println("serving on port " + snowflake.port());
    new CountDownLatch(1).await();
  }
}
