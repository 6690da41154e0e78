/**
 * The pages for people, {@code /test}, {@code /docs} and {@code /status}, whose files lie beside
 * these classes.
 *
 * <p>It imports {@code exchange}; the pages themselves ask the service as any caller does.
 */
@NullMarked
package io.papi.http.page;

import org.jspecify.annotations.NullMarked;
