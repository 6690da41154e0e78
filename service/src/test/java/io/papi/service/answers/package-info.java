/**
 * What every answer promises, whatever the store and the load: to be of its own dataset, to give no
 * secret away, and not to come from what an operator has invalidated.
 */
@NullMarked
package io.papi.service.answers;

import org.jspecify.annotations.NullMarked;
