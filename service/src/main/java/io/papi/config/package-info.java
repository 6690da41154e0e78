/**
 * Configuration: the only reader of files and of the environment. It turns HOCON into the records
 * that the other packages own.
 *
 * <p>It imports all packages for their records, and reads by the nodes and types of {@code tree},
 * where alone the HOCON parser is. It must never know how the service is put together.
 */
@NullMarked
package io.papi.config;

import org.jspecify.annotations.NullMarked;
