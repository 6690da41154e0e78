package io.papi.http.exchange;

import io.papi.caller.Caller;

/** A request that its caller may not make, or may not make now. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final Why why;
  private final transient Problem problem;

  /** Why a request is refused. */
  public enum Why {
    /** It has no key. */
    NO_KEY,
    /** It has another key than one that is known. */
    WRONG_KEY,
    /** It asks for what is not its caller's. */
    RIGHT,
    /** Its caller makes too many. */
    REQUESTS
  }

  /**
   * @param caller who was refused; the unnamed one if that is not known
   */
  public RefusedException(Caller caller, Why why, Problem problem) {
    super(problem.detail(), null, false, false);
    this.caller = caller;
    this.why = why;
    this.problem = problem;
  }

  public Caller caller() {
    return caller;
  }

  public Why why() {
    return why;
  }

  Problem problem() {
    return problem;
  }
}
