/**
 * The packaged service as a process: how it starts, refuses to start and ends, and what it does
 * without ports, descriptors, memory or time. Needs {@code target/papi.jar}.
 */
@NullMarked
package io.papi.service.process;

import org.jspecify.annotations.NullMarked;
