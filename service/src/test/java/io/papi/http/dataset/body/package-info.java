@NullMarked
package io.papi.http.dataset.body;

import org.jspecify.annotations.NullMarked;
