package io.papi.lookup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of what outlives the process, such as the tag of a row, and of secrets. For maps of what
 * callers send there is {@link SipHash}.
 */
public final class Sha256 {
  private Sha256() {}

  /** A new digest, for one thread. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
