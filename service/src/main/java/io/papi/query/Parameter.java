package io.papi.query;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A parameter of a query.
 *
 * @param required whether every request must give it, as those in a path do
 * @param defaultValue in its type's canonical form, what holds where a request does not give it;
 *     empty for NULL
 */
public record Parameter(
    String name, ParameterType type, boolean required, Optional<String> defaultValue) {

  public Parameter {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    if (required && defaultValue.isPresent()) {
      throw new IllegalArgumentException(name + " is required and has a default");
    }
  }
}
