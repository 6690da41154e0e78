/**
 * What tests of several packages share: started services, their client, stand-ins, a manual clock.
 */
@NullMarked
package io.papi.testing;

import org.jspecify.annotations.NullMarked;
