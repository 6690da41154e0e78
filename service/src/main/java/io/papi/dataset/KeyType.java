package io.papi.dataset;

/** What the ids of a dataset look like. */
public sealed interface KeyType {

  /**
   * Whole numbers.
   *
   * @param digits how many digits an id may have, not counting its sign: 1 to 38
   */
  record Whole(int digits) implements KeyType {}

  /**
   * Text, compared exactly.
   *
   * @param length how many characters an id may have
   */
  record Text(int length) implements KeyType {}
}
