package io.papi.chaos;

import java.util.stream.IntStream;

/** Who had an address, and when. Thread-safe. */
final class Owners {
  private static final int NOBODY = 0;

  private final Truth truth;

  Owners(Truth truth) {
    this.truth = truth;
  }

  /** The customers whom the store can have shown with an address between two moments. */
  IntStream of(int number, long earliest, long latest) {
    return truth
        .versions(Truth.block(number), earliest, latest)
        .mapToInt(version -> Addresses.owner(number, version));
  }

  /** Whether an address can have been with one customer and another, or with nobody, meanwhile. */
  boolean changed(int number, long earliest, long latest) {
    IntStream nobody =
        truth.wasAbsent(number, earliest, latest) ? IntStream.of(NOBODY) : IntStream.empty();
    return IntStream.concat(of(number, earliest, latest), nobody).distinct().count() > 1;
  }
}
