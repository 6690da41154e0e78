package io.papi.dataset;

/** What the ids of a dataset look like. */
public sealed interface KeyType {

  /**
   * Whole numbers.
   *
   * @param digits the most digits that an id may have, without its sign: 1 to 38
   */
  record Whole(int digits) implements KeyType {}

  /**
   * Text, compared exactly.
   *
   * @param length the most characters that an id may have
   */
  record Text(int length) implements KeyType {}
}
