package io.papi.http.exchange;

import io.papi.caller.Caller;
import java.security.MessageDigest;

/**
 * Whose key the last request of a connection had, so that the same one need not be found among all
 * keys again. Immutable.
 */
public final class Recognized {
  private final byte[] presented;
  private final Caller caller;

  /**
   * @param presented all of the request that the key was found in; not to be changed
   */
  public Recognized(byte[] presented, Caller caller) {
    this.presented = presented;
    this.caller = caller;
  }

  /**
   * Whether a request presents the same. That takes the same time whatever it presents: others may
   * send their requests through the same connection.
   */
  public boolean isBy(byte[] other) {
    return MessageDigest.isEqual(presented, other);
  }

  public Caller caller() {
    return caller;
  }
}
