/** What belongs together: several requests for one purpose. */
@NullMarked
package io.papi.loadtest.groups;

import org.jspecify.annotations.NullMarked;
