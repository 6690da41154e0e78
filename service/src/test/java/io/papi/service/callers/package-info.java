/** Who may call a running service, what, and how much. */
@NullMarked
package io.papi.service.callers;

import org.jspecify.annotations.NullMarked;
