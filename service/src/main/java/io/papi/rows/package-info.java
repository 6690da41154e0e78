/**
 * What rows are written to, value by value: the store knows the values and no format, a format
 * knows how it writes them and no store. A leaf, which imports the JDK alone.
 */
@NullMarked
package io.papi.rows;

import org.jspecify.annotations.NullMarked;
