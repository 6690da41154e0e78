package io.papi.lookup;

import java.security.SecureRandom;

/**
 * A hash of text that cannot be predicted without its key: SipHash-1-3 of the text's UTF-16 units,
 * little-endian (Aumasson, Bernstein, "SipHash: a fast short-input PRF", Indocrypt 2012).
 *
 * <p>It is for maps and sets of what callers send. {@link String#hashCode} is the same everywhere,
 * so a caller could send any number of texts that fall into one bucket. Immutable.
 *
 * @param k0 the first half of the key
 * @param k1 the second half of the key
 */
public record SipHash(long k0, long k1) {
  /** Units of text in a word. */
  private static final int UNITS = Long.SIZE / Character.SIZE;

  /** One with a random key, never to be used for what is kept longer than the process. */
  public static SipHash random() {
    SecureRandom random = new SecureRandom();
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** The hash of {@code text}, all bits of which are equally good. */
  public long of(String text) {
    State state = new State(k0, k1);
    int length = text.length();
    int at = 0;
    for (; at + UNITS <= length; at += UNITS) {
      state.absorb(
          text.charAt(at)
              | ((long) text.charAt(at + 1) << 16)
              | ((long) text.charAt(at + 2) << 32)
              | ((long) text.charAt(at + 3) << 48));
    }
    // the rest of the text, and its length in bytes
    long last = ((long) length * Character.BYTES) << 56;
    for (int i = at; i < length; i++) {
      last |= (long) text.charAt(i) << ((i - at) * Character.SIZE);
    }
    state.absorb(last);
    return state.finished();
  }

  /** The paper's four words. Never leaves the method that makes it, so it is not allocated. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      mix();
      v0 ^= word;
    }

    long finished() {
      v2 ^= 0xff;
      mix();
      mix();
      mix();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The paper's SipRound. */
    private void mix() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
