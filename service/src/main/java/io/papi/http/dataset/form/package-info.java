/**
 * The form in which a request wants its answer: shape, fields, and what stands in for missing rows,
 * as the dataset's rules and the query string say it; and how fields are cut out of a row's bytes.
 *
 * <p>It must never know of lookups and caches, or how an answer is sent.
 */
@NullMarked
package io.papi.http.dataset.form;

import org.jspecify.annotations.NullMarked;
