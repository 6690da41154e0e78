package io.papi.dataset;

import java.util.List;

/**
 * What tells one store from another: two stores whose parts are equal have the same rows for
 * whoever asks. So what decides an answer is in it, such as the server and the user who signs in,
 * and what does not is left out, such as time limits. Never a secret: it may be logged.
 *
 * @param parts in an order that is always the same for a kind of store, whose name comes first
 */
public record StoreIdentity(List<String> parts) {

  public StoreIdentity {
    parts = List.copyOf(parts);
  }
}
