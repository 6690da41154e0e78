package io.papi.cache.redis.connection;

/** An exchange with Redis failed, and its connection is gone with it. */
public final class RedisFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What a failure means for the one who reads the log. */
  enum Kind {
    /** Redis took too long. */
    TIMEOUT(false, "is by-passed until it answers again"),
    /** The server is there, and cannot be used for now; or anything else. */
    FAILED(false, "is by-passed until it answers again"),
    /** The server is a replica. */
    NOT_PRIMARY(false, "is by-passed until its name leads to a primary"),
    /** Redis does not accept the password, or wants one. */
    NOT_LET_IN(true, "refuses to let us in: check user and password"),
    /** A command is refused without which Redis is of no use. */
    NO_RIGHT(true, "is by-passed until its user has the right"),
    /** The server is a node of a cluster. */
    CLUSTER(true, "is by-passed: Papi needs one server, or a proxy in front of the cluster");

    private final boolean permanent;
    private final String sentence;

    Kind(boolean permanent, String sentence) {
      this.permanent = permanent;
      this.sentence = sentence;
    }

    /** Whether it stays until somebody changes a configuration. */
    boolean isPermanent() {
      return permanent;
    }

    /** What it means, after the name of the server. */
    String sentence() {
      return sentence;
    }

    static Kind of(ErrorReply meaning) {
      return switch (meaning) {
        case NOT_PRIMARY -> NOT_PRIMARY;
        case NOT_LET_IN -> NOT_LET_IN;
        case CLUSTER -> CLUSTER;
        case NO_RIGHT -> NO_RIGHT;
        case NOT_READY, NO_WRITES, OTHER -> FAILED;
      };
    }
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
