/**
 * What stands in front of the store: the lookup with a cache before it, refresh ahead, the near
 * cache in this process (Caffeine), and how long a row may be served.
 *
 * <p>It imports {@code lookup} and {@code dataset}, and is the only room of Caffeine. It must never
 * know HTTP, SQL, Redis ({@code cache.redis} imports it, not the reverse), or what stands behind
 * the {@link io.papi.lookup.Lookup} that it asks next.
 */
@NullMarked
package io.papi.cache;

import org.jspecify.annotations.NullMarked;
