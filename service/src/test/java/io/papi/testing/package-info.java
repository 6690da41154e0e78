/** What tests of several packages share: a started service, a client of it, a manual clock. */
@NullMarked
package io.papi.testing;

import org.jspecify.annotations.NullMarked;
