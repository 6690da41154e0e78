package io.papi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine, signed by its own key: made by the JDK's keytool for one test.
 *
 * @param keys with the private key
 */
public record TlsPair(X509Certificate certificate, KeyPair keys) {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "papi";

  /**
   * Makes one.
   *
   * @param algorithm and size of the key, such as {@code RSA-2048} or {@code EC-256}
   * @param days for which it is valid
   */
  public static TlsPair make(Path directory, String algorithm, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = Files.createTempFile(directory, "keys", ".p12");
    Files.delete(file);
    String[] kind = algorithm.split("-", -1);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                kind[0],
                "-keysize",
                kind[1],
                "-validity",
                Integer.toString(days),
                "-dname",
                "CN=" + file.getFileName(),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) store.getCertificate(ALIAS);
    PrivateKey key = (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
    return new TlsPair(certificate, new KeyPair(certificate.getPublicKey(), key));
  }

  public String certificatePem() throws GeneralSecurityException {
    return PemFiles.pem("CERTIFICATE", certificate.getEncoded());
  }

  public String privateKeyPem() {
    return PemFiles.pkcs8(keys);
  }

  /** Puts it in the place of what {@code directory} holds, each file in one step. */
  public void replaceIn(Path directory) throws IOException, GeneralSecurityException {
    replace(directory.resolve("tls.crt"), certificatePem());
    replace(directory.resolve("tls.key"), privateKeyPem());
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a service is told of the files in {@code directory}. */
  public static Map<String, String> environment(Path directory) {
    return Map.of(
        "PAPI_TLS_CERTIFICATE_FILE", directory.resolve("tls.crt").toString(),
        "PAPI_TLS_PRIVATE_KEY_FILE", directory.resolve("tls.key").toString());
  }

  /** Of a caller who trusts {@code pairs}. */
  public static SSLContext trusting(TlsPair... pairs) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (int i = 0; i < pairs.length; i++) {
      trusted.setCertificateEntry("papi" + i, pairs[i].certificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
