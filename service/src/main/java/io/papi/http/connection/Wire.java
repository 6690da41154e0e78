package io.papi.http.connection;

/**
 * What a connection asks of its socket, beside reading and writing. Thread-safe, but {@link #begin}
 * and {@link #end} are the connection's thread's.
 */
public interface Wire {

  /**
   * Does what comes before the first request.
   *
   * @throws io.helidon.webserver.CloseConnectionException if there will be no request
   */
  void begin();

  /** Tells the caller that nothing will follow, where there is more to that than to close. */
  void end();

  /** Whether bytes have come that have not been read; never on a connection that has failed. */
  boolean hasUnread();

  /**
   * Has the end of the socket be a reset: its caller sees a failure, whatever has been sent, and
   * what the system still holds of it is not sent any more.
   */
  void endWithReset();
}
