/** Who may call, what, and how much: plain data, without a word about HTTP. */
@NullMarked
package io.papi.caller;

import org.jspecify.annotations.NullMarked;
