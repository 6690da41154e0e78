package io.papi.testing;

import java.util.ArrayList;
import java.util.List;

/** Ids that a caller would send to have them all in one bucket of a hash table. */
public final class SameHash {
  private static final int HALF = 6;
  private static final int MULTIPLIER = 31;
  private static final int POWER = (int) Math.pow(MULTIPLIER, HALF);
  private static final int ALL_ZEROS = "0".repeat(HALF).hashCode();

  private SameHash() {}

  /**
   * Some 60,000 ids of 24 digits, all of one {@link String#hashCode}.
   *
   * <p>Each consists of two blocks of one hash. A block is any six digits, and six more that give
   * it that hash where there are any: six digits in base 31 can be read back from their hash.
   */
  public static List<String> ids() {
    int target = "987654654321".hashCode();
    List<String> blocks = new ArrayList<>();
    for (int left = 100_000; left < 1_000_000; left++) {
      String digits = Integer.toString(left);
      String right = digitsOf(target - digits.hashCode() * POWER - ALL_ZEROS);
      if (!right.isEmpty()) {
        blocks.add(digits + right);
      }
    }
    List<String> ids = new ArrayList<>(blocks.size() * blocks.size());
    for (String first : blocks) {
      for (String second : blocks) {
        ids.add(first + second);
      }
    }
    return ids;
  }

  /** Six digits whose hash is {@code hash} more than that of six zeros; empty if none has it. */
  private static String digitsOf(int hash) {
    long left = Integer.toUnsignedLong(hash);
    StringBuilder digits = new StringBuilder(HALF);
    for (int i = 0; i < HALF; i++) {
      long digit = left % MULTIPLIER;
      if (digit > 9) {
        return "";
      }
      digits.append(digit);
      left /= MULTIPLIER;
    }
    return left == 0 ? digits.reverse().toString() : "";
  }
}
