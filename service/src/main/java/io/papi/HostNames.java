package io.papi;

import java.security.Security;

/**
 * How long the JDK believes what a host name led to: a second, not its 30, so that after a failover
 * a new connection goes to where the name leads now. A name that led nowhere is asked for again
 * after a second too: it may do so for a moment while it is moved. Connections are few, and so are
 * questions.
 *
 * <p>What the command line ({@code -Dsun.net.inetaddr.ttl}) or the JDK's security properties say
 * stands.
 */
final class HostNames {
  private static final String SECONDS = "1";

  /** What the JDK's own security properties say. */
  private static final String JDKS_NEGATIVE_SECONDS = "10";

  private HostNames() {}

  /** To be called before the first name is looked up. */
  static void forgetSoon() {
    if (Security.getProperty("networkaddress.cache.ttl") == null
        && System.getProperty("sun.net.inetaddr.ttl") == null) {
      Security.setProperty("networkaddress.cache.ttl", SECONDS);
    }
    String negative = "networkaddress.cache.negative.ttl";
    if (JDKS_NEGATIVE_SECONDS.equals(Security.getProperty(negative))) {
      Security.setProperty(negative, SECONDS);
    }
  }
}
