/**
 * A whole service and its Redis: what comes from it, who shares it, and what callers see while its
 * process, its memory, its network or its clock fails. A class is about one of these.
 */
@NullMarked
package io.papi.service.redis;

import org.jspecify.annotations.NullMarked;
