/** How the log of the process looks, and whose lines are in it. */
@NullMarked
package io.papi.log;

import org.jspecify.annotations.NullMarked;
