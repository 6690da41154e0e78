package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Key;
import io.papi.secret.Secret;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What hides values in the names of keys in Redis: an HMAC-SHA-256 (RFC 2104) of the value, of
 * which the first half stands in the name. Whoever reads Redis, but has not the secret, can neither
 * read a value there nor try whether one is kept. Immutable and thread-safe.
 */
public final class NameSecret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;
  private static final int RANDOM_BYTES = 32;

  private final SecretKeySpec key;

  private NameSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** One that other instances have too, so that they share what is kept. */
  public static NameSecret of(Secret secret) {
    return new NameSecret(secret.reveal().getBytes(UTF_8));
  }

  /** One of this process's own: nobody else finds what it keeps, nor does its successor. */
  public static NameSecret random() {
    byte[] key = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(key);
    return new NameSecret(key);
  }

  /** What stands in the name in the place of {@code value}. */
  byte[] hide(Key value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] whole = mac.doFinal(value.text().getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(whole, BYTES)).getBytes(UTF_8);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
