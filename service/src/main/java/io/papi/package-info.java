/**
 * The process and its composition: {@link io.papi.Main} is the process, {@link io.papi.Service}
 * builds all parts and closes them, {@code Chain} alone knows the order in which the layers of a
 * lookup stand. Nobody imports this package.
 */
@NullMarked
package io.papi;

import org.jspecify.annotations.NullMarked;
