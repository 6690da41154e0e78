/** Load tests: what can be chosen at the command line. */
@NullMarked
package io.papi.loadtest;

import org.jspecify.annotations.NullMarked;
