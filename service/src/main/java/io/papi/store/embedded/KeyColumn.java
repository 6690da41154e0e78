package io.papi.store.embedded;

/**
 * A column by which rows are looked up, and which therefore gets a unique index.
 *
 * @param dataset the dataset whose key it is
 * @param column its name, as the database has it
 */
public record KeyColumn(String dataset, TableName table, String column) {}
