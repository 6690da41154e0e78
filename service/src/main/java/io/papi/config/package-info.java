/**
 * Configuration: the only reader of files and of the environment. It turns HOCON into the records
 * that the other packages own.
 *
 * <p>It imports all packages for their records, and is the only room of the HOCON parser. It must
 * never know how the service is put together.
 */
@NullMarked
package io.papi.config;

import org.jspecify.annotations.NullMarked;
