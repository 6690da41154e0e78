/**
 * The routes for operators: health, metrics, and invalidating rows in the caches.
 *
 * <p>It imports {@code exchange}, and from {@code dataset} how ids are read.
 */
@NullMarked
package io.papi.http.admin;

import org.jspecify.annotations.NullMarked;
