package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.papi.lookup.SipHash;
import java.util.Arrays;

/**
 * The name of a key in Redis, for use in a map. It ends with what a caller sent, so its hash is one
 * that callers cannot predict: see {@link SipHash}. Immutable.
 */
final class RedisName {
  private static final SipHash HASH = SipHash.random();

  private final byte[] bytes;
  private final int hash;

  /** It owns {@code bytes} from now on. */
  RedisName(byte[] bytes) {
    this.bytes = bytes;
    this.hash = (int) HASH.of(new String(bytes, ISO_8859_1));
  }

  /** The name itself, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisName name && hash == name.hash && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return new String(bytes, ISO_8859_1);
  }
}
