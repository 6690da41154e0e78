package io.papi.lookup;

import java.security.SecureRandom;

/**
 * A hash of whole numbers that cannot be predicted without its key, and takes a multiplication:
 * multiply-add-shift, of which any two numbers have the same hash with a chance of 2<sup>-32</sup>
 * (Dietzfelbinger, "Universal hashing and k-wise independent random variables via integer
 * arithmetic without primes", STACS 1996). Immutable.
 *
 * @param a what a number is multiplied by
 * @param b what is added
 */
record IntHash(long a, long b) {

  /** One with a random key, never to be used for what is kept longer than the process. */
  static IntHash random() {
    SecureRandom random = new SecureRandom();
    return new IntHash(random.nextLong(), random.nextLong());
  }

  int of(int number) {
    return (int) ((a * Integer.toUnsignedLong(number) + b) >>> Integer.SIZE);
  }
}
