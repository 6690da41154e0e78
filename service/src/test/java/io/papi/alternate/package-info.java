@NullMarked
package io.papi.alternate;

import org.jspecify.annotations.NullMarked;
