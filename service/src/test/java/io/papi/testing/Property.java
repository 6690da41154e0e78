package io.papi.testing;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A statement that holds for any input, tried with many random ones.
 *
 * <p>A failure names the seed; {@code -Dpapi.seed=<seed>} tries that one alone.
 */
public final class Property {
  private static final int TRIES = 1_000;

  private Property() {}

  /** What must hold for whatever inputs it takes from {@code random}. */
  @FunctionalInterface
  public interface Statement {
    void holds(RandomGenerator random) throws Exception;
  }

  /** Tries {@code statement} with a thousand seeds. */
  public static void check(Statement statement) {
    check(TRIES, statement);
  }

  /** Tries {@code statement} with {@code tries} seeds. */
  public static void check(int tries, Statement statement) {
    Long fixed = Long.getLong("papi.seed");
    if (fixed != null) {
      tryWith(fixed, statement);
      return;
    }
    long first = System.nanoTime();
    for (int i = 0; i < tries; i++) {
      tryWith(first + i, statement);
    }
  }

  private static void tryWith(long seed, Statement statement) {
    try {
      statement.holds(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -Dpapi.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  /** Up to {@code max} bytes, sometimes none. */
  public static byte[] bytes(RandomGenerator random, int max) {
    byte[] bytes = new byte[random.nextInt(max + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Up to {@code max} characters: half of them ASCII, the others any, also halves of surrogate
   * pairs.
   */
  public static String text(RandomGenerator random, int max) {
    int length = random.nextInt(max + 1);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x1_0000));
    }
    return text.toString();
  }
}
