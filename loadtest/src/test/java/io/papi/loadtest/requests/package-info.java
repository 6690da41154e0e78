/** The requests that simulations send, with the checks of their answers. */
@NullMarked
package io.papi.loadtest.requests;

import org.jspecify.annotations.NullMarked;
