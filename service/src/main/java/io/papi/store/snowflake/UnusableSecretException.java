package io.papi.store.snowflake;

/** A secret that cannot be used as it is. The message names its file and what to do, no secret. */
public sealed class UnusableSecretException extends Exception
    permits PrivateKeyFile.EncryptedException {
  private static final long serialVersionUID = 1L;

  UnusableSecretException(String message) {
    super(message);
  }
}
