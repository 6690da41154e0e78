package io.papi.loadtest.tokens;

/** Gives a token that is valid now. Thread-safe. */
@FunctionalInterface
public interface TokenSource {

  /**
   * The token to send with the next call.
   *
   * @throws TokenException if none can be had
   */
  AccessToken token();
}
