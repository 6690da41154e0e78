/** More requests than a service can answer, or more than it should ask its store for. */
@NullMarked
package io.papi.service.load;

import org.jspecify.annotations.NullMarked;
