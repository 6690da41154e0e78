/**
 * The platforms that call the service, as their documentation says they behave, and what they get:
 * each has its own time limit, its own retries, and its own idea of what a failure is.
 */
@NullMarked
package io.papi.service.platforms;

import org.jspecify.annotations.NullMarked;
