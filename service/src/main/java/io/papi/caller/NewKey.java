package io.papi.caller;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key for a caller, of 256 random bits.
 *
 * @param text begins with {@code papi_}, so that programs that look for secrets find it
 */
public record NewKey(String text) {
  private static final String PREFIX = "papi_";
  private static final int BYTES = 32;

  /** One that nobody has. */
  public static NewKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new NewKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public KeyHash hash() {
    return KeyHash.of(text);
  }

  /** Without the key: it is a secret. */
  @Override
  public String toString() {
    return "the key with the hash " + hash().hex();
  }
}
