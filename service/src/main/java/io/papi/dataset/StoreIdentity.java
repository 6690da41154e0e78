package io.papi.dataset;

import java.util.List;

/**
 * What distinguishes one store from another: two stores with equal parts give the same rows to
 * everybody. So it contains what decides an answer, such as the server and the user who signs in,
 * and nothing else, such as time limits. Never a secret: it may be logged.
 *
 * @param parts the kind of store first, the others in an order that never changes
 */
public record StoreIdentity(List<String> parts) {

  public StoreIdentity {
    parts = List.copyOf(parts);
  }
}
