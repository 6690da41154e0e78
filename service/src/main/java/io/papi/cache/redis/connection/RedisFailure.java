package io.papi.cache.redis.connection;

/** An exchange with Redis failed, and its connection is gone with it. */
public final class RedisFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What a failure means for the next attempt, and for the one who reads the log. */
  enum Kind {
    /** Redis took too long. */
    TIMEOUT,
    /** Redis does not accept the password, or wants one. */
    REFUSED,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;

  RedisFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
