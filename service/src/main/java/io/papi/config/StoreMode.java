package io.papi.config;

import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.snowflake.SnowflakeSettings;

/** Where the rows are. */
public sealed interface StoreMode {

  /** A database of this process's own. */
  record Embedded(EmbeddedSettings settings) implements StoreMode {}

  /** Snowflake. */
  record Snowflake(SnowflakeSettings settings) implements StoreMode {}
}
