package io.papi.query;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A parameter of a query.
 *
 * @param required whether every request must give it, as those in a path do
 * @param defaultValue in its type's canonical form, what holds where a request does not give it;
 *     empty for NULL
 * @param needs the name of the parameter that a request must give, too, where it gives this one
 */
public record Parameter(
    String name,
    ParameterType type,
    boolean required,
    Optional<String> defaultValue,
    Optional<String> needs) {

  public Parameter {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(needs, "needs is null");
    if (required && defaultValue.isPresent()) {
      throw new IllegalArgumentException(name + " is required and has a default");
    }
  }

  /** A parameter that needs no other. */
  public Parameter(
      String name, ParameterType type, boolean required, Optional<String> defaultValue) {
    this(name, type, required, defaultValue, Optional.empty());
  }
}
