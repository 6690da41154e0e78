package io.papi.store;

import javax.sql.DataSource;

/** The types of columns as H2's driver gives them. */
class H2ColumnTypesTest extends ColumnTypesContract {

  @Override
  protected DataSource source() {
    return database;
  }
}
