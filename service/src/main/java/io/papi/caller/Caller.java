package io.papi.caller;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who calls, such as a marketing platform.
 *
 * @param name as metrics and logs show it
 * @param place its place among all callers; 0 is that of the unnamed one
 * @param keys the hashes of its keys, all of which are valid
 * @param user the container service's user that it signs in as
 * @param requests how many requests it may make; empty for any number
 * @param storeIds how many ids it may have read from the store; empty for any number
 * @param mayBypassCaches whether it may ask for rows that are younger than the caches' own
 */
public record Caller(
    String name,
    int place,
    List<KeyHash> keys,
    Optional<String> user,
    Rights rights,
    Optional<Rate> requests,
    Optional<Rate> storeIds,
    boolean mayBypassCaches) {

  /** What whoever is not known is called, and nobody else. */
  public static final String UNNAMED = "none";

  public Caller {
    requireNonNull(name, "name is null");
    requireNonNull(rights, "rights is null");
    keys = List.copyOf(keys);
  }

  /** Whoever is not known. */
  static Caller unnamed(boolean mayBypassCaches) {
    return new Caller(
        UNNAMED,
        0,
        List.of(),
        Optional.empty(),
        Rights.NONE,
        Optional.empty(),
        Optional.empty(),
        mayBypassCaches);
  }
}
