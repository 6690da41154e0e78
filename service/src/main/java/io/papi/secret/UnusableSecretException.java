package io.papi.secret;

/** A secret that cannot be used as it is. The message names its file and what to do, no secret. */
public class UnusableSecretException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableSecretException(String message) {
    super(message);
  }
}
