/**
 * A whole service and its store: what callers see while the server, the network to it, a dataset or
 * a row of it fails. The server is a stand-in for Snowflake, behind Snowflake's driver.
 */
@NullMarked
package io.papi.service.store;

import org.jspecify.annotations.NullMarked;
