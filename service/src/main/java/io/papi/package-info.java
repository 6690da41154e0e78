/**
 * The composition root: {@link io.papi.Main} alone knows every other package and the order in which
 * the layers of a lookup stand.
 */
@NullMarked
package io.papi;

import org.jspecify.annotations.NullMarked;
