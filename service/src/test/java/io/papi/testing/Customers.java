package io.papi.testing;

import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.store.embedded.EmbeddedTable;
import io.papi.store.embedded.KeyColumn;
import io.papi.store.embedded.TableName;
import io.papi.store.embedded.TpcdsTable;
import io.papi.store.embedded.latency.Latency;
import java.util.List;
import java.util.Optional;

/** The customers of Snowflake's guide, as the default configuration has them. */
public final class Customers {
  private static final TableName NAME = TableName.of("API.DATA.HYBRID_CUSTOMER");
  private static final int SCALE = 10_000;

  private Customers() {}

  /** A database with this many of them, without simulated latency. */
  public static EmbeddedStore load(int customers) {
    return EmbeddedStores.filled(
        new EmbeddedSettings(
            List.of(
                new EmbeddedTable(
                    NAME, new TpcdsTable("customer", SCALE, customers), Optional.empty())),
            List.of(),
            List.of(new KeyColumn("customer", NAME, "C_CUSTOMER_SK")),
            Latency.NONE,
            1));
  }
}
