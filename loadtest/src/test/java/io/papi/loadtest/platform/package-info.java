/** How a marketing platform treats an endpoint that it calls. */
@NullMarked
package io.papi.loadtest.platform;

import org.jspecify.annotations.NullMarked;
