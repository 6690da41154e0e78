/** A TCP proxy that does to the bytes between a client and a server what a bad network does. */
@NullMarked
package io.papi.testing.proxy;

import org.jspecify.annotations.NullMarked;
