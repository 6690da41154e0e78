package io.papi.http.connection;

/** What a connection asks of its socket, beside reading and writing. Thread-safe. */
public interface Wire {

  /** Whether bytes have come that have not been read; never on a connection that has failed. */
  boolean hasUnread();

  /**
   * Has the end of the socket be a reset: its caller sees a failure, whatever has been sent, and
   * what the system still holds of it is not sent any more.
   */
  void endWithReset();
}
