package io.papi.http.tls;

import java.io.Serial;

/** A certificate or its private key cannot be used; the message names the file and says why. */
public final class UnusableIdentityException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Part part;

  /** Which of the two files it is. */
  public enum Part {
    CERTIFICATE,
    PRIVATE_KEY
  }

  UnusableIdentityException(Part part, String message) {
    super(message);
    this.part = part;
  }

  public Part part() {
    return part;
  }
}
