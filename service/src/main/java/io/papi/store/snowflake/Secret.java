package io.papi.store.snowflake;

import static java.util.Objects.requireNonNull;

/** A text that is shown nowhere. Immutable. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** The text, for the driver alone. */
  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
