/**
 * Snowflake as a store: a {@code DataSource} over its JDBC driver, and the ways of signing in.
 *
 * <p>It must never know who asks it, nor which table. Nothing here was run against a real account:
 * what is known of the driver comes from its source and from servers that speak its protocol.
 */
@NullMarked
package io.papi.store.snowflake;

import org.jspecify.annotations.NullMarked;
