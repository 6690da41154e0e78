/** What callers and operators see of queries: answers, caches, formats, limits, faults. */
@NullMarked
package io.papi.service.queries;

import org.jspecify.annotations.NullMarked;
