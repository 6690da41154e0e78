/** The simulations: a load, and what must hold under it. */
@NullMarked
package io.papi.loadtest.simulations;

import org.jspecify.annotations.NullMarked;
