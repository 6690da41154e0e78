/** What the requests ask for, and in which order. */
@NullMarked
package io.papi.loadtest.feeders;

import org.jspecify.annotations.NullMarked;
