/** The ids that the simulations ask for. It needs the JDK alone. */
@NullMarked
package io.papi.loadtest.ids;

import org.jspecify.annotations.NullMarked;
