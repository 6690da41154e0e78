package io.papi.secret;

import static java.util.Objects.requireNonNull;

/** A text that is shown nowhere. Immutable. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** The text, to be handed on to what signs in, and shown nowhere. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
