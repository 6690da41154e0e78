/**
 * Rows by another key than their own: a value of that key leads to the row's key, and the row comes
 * from where it always comes from.
 */
@NullMarked
package io.papi.alternate;

import org.jspecify.annotations.NullMarked;
