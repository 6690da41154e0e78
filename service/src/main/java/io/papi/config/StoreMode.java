package io.papi.config;

import io.papi.store.snowflake.SnowflakeSettings;

/** Where the rows are. */
public sealed interface StoreMode {

  /** A database of this process's own, with so many customers. */
  record Embedded(int rows) implements StoreMode {}

  /** Snowflake. */
  record Snowflake(SnowflakeSettings settings) implements StoreMode {}
}
