/**
 * What {@code loadtest/benchmark} compares the service with, a constant answer, a pooled Redis
 * client and a bare loop over a cursor, and what JMH measures of it. It uses public types of the
 * service alone; nothing of it is in the product.
 */
@NullMarked
package io.papi.loadtest.bench;

import org.jspecify.annotations.NullMarked;
