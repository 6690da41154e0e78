/** The keys by which a service with callers knows who calls. */
@NullMarked
package io.papi.loadtest.keys;

import org.jspecify.annotations.NullMarked;
