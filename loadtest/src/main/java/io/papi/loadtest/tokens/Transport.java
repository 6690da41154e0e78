package io.papi.loadtest.tokens;

import java.net.URI;
import java.util.Set;

/** Where secrets may go: over TLS, or nowhere but to this machine. */
final class Transport {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Transport() {}

  /**
   * @throws TokenException if a secret would go to {@code target} for all to read
   */
  static URI checked(URI target) {
    if (!"https".equals(target.getScheme()) && !LOOPBACK.contains(target.getHost())) {
      throw new TokenException("no secret is sent to " + target + ", which is not https");
    }
    return target;
  }
}
