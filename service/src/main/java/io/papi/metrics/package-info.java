/** Builds the Micrometer registry, and nothing else: every package registers its own meters. */
@NullMarked
package io.papi.metrics;

import org.jspecify.annotations.NullMarked;
