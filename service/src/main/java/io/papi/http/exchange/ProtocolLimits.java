package io.papi.http.exchange;

/** How much of a request is read before it is refused, in bytes. */
public final class ProtocolLimits {
  /** The longest request line. */
  public static final int MAX_REQUEST_LINE_BYTES = 16_384;

  /** The longest headers of a request, all together. */
  public static final int MAX_HEADER_BYTES = 16_384;

  /** The longest body of a request, and all that frames it. */
  public static final int MAX_BODY_BYTES = 256 * 1024;

  private ProtocolLimits() {}
}
