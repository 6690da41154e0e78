/**
 * The routes for operators: health, metrics, and taking rows out of the caches.
 *
 * <p>It imports {@code exchange}, and of {@code dataset} how ids are read.
 */
@NullMarked
package io.papi.http.admin;

import org.jspecify.annotations.NullMarked;
