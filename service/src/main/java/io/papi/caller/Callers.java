package io.papi.caller;

import java.util.List;
import java.util.stream.Stream;

/**
 * All who may call.
 *
 * @param unnamed whoever is not known: everybody, if there is no other
 * @param named those who have a key or a user, in the order of their places
 */
public record Callers(Caller unnamed, List<Caller> named) {

  public Callers {
    named = List.copyOf(named);
  }

  /**
   * Anybody may call.
   *
   * @param mayBypassCaches whether they may ask for rows that are younger than the caches' own
   */
  public static Callers anybody(boolean mayBypassCaches) {
    return new Callers(Caller.unnamed(mayBypassCaches), List.of());
  }

  /** These may call, and nobody else. */
  public static Callers of(List<Caller> named) {
    return new Callers(Caller.unnamed(false), named);
  }

  /** Whether everybody may call. */
  public boolean isAnybody() {
    return named.isEmpty();
  }

  /** The unnamed one, then the others. */
  public List<Caller> all() {
    return Stream.concat(Stream.of(unnamed), named.stream()).toList();
  }
}
