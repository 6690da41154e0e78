/**
 * What the benchmark must reach inside the service's package: the settings of its sockets, and the
 * parts whose time is taken one by one.
 */
@NullMarked
package io.papi.http;

import org.jspecify.annotations.NullMarked;
