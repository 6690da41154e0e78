package io.papi.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a key. Keys are random and long, so that nothing slower is needed: nobody finds
 * one by trying. Immutable.
 */
public final class KeyHash {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private KeyHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of {@code key}. */
  public static KeyHash of(String key) {
    return new KeyHash(Sha256.digest().digest(key.getBytes(UTF_8)));
  }

  /**
   * The hash that {@code hex} writes.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  public static KeyHash ofHex(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("not " + 2 * BYTES + " digits: " + hex.length());
    }
    return new KeyHash(bytes);
  }

  /** Whether both are the same; takes the same time whatever they are. */
  public boolean isSame(KeyHash other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** In lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }
}
