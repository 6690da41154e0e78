package io.papi.http.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A certificate and its key, ready to be shown to callers. Thread-safe.
 *
 * @param context begins connections with it; sessions of another one are not resumed
 * @param parameters which protocols and ciphers
 * @param name of the certificate's owner
 * @param end when it, or one that leads to its authority, is no longer valid
 */
public record Identity(SSLContext context, SSLParameters parameters, String name, Instant end) {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] APPLICATION = {"http/1.1"};
  private static final char[] NO_PASSWORD = {};

  static Identity of(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(chain, key).getKeyManagers(), null, null);
    Instant end =
        chain.stream()
            .map(each -> each.getNotAfter().toInstant())
            .min(Instant::compareTo)
            .orElseThrow();
    return new Identity(
        context, parameters(context), chain.getFirst().getSubjectX500Principal().getName(), end);
  }

  private static KeyManagerFactory keys(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("papi", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      return keys;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static SSLParameters parameters(SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(Identity::isGood)
            .toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(APPLICATION);
    return parameters;
  }

  /** Whether a suite has forward secrecy and authenticates what it encrypts, as all of 1.3 do. */
  private static boolean isGood(String suite) {
    boolean authenticates = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
    boolean isForward = suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_");
    return authenticates && isForward;
  }
}
