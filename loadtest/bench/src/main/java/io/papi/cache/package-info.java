/** The parts of the service's package whose time is taken one by one. */
@NullMarked
package io.papi.cache;

import org.jspecify.annotations.NullMarked;
