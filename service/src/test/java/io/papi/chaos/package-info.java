/**
 * The chaos run: a service under load, whose store and Redis go wrong by a schedule, and whose
 * every answer is held against what the table has held.
 */
@NullMarked
package io.papi.chaos;

import org.jspecify.annotations.NullMarked;
