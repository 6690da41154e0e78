package io.papi.rows;

/** Takes values, each in one of the kinds that JSON has. Of one thread. */
public interface ValueSink {

  void text(String value);

  /**
   * A number.
   *
   * @param digits as JSON writes it
   */
  void number(String digits);

  void flag(boolean value);

  /** NULL. */
  void nothing();

  /**
   * An object, an array, or any other JSON.
   *
   * @param compact without blanks between its parts
   */
  void json(String compact);
}
