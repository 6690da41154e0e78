/**
 * Coalescing: concurrent callers for one key share one load, and what gathers while the store is
 * busy becomes the next batch. {@link io.papi.coalesce.CoalescedLookup} is the entrance and says
 * how it works.
 *
 * <p>It imports {@code lookup} and {@code reporting}. It must never know what a dataset is, nor
 * what it stands in front of.
 */
@NullMarked
package io.papi.coalesce;

import org.jspecify.annotations.NullMarked;
