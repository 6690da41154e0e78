package io.papi.http.tls;

import io.papi.http.tls.UnusableIdentityException.Part;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A file with a certificate in PEM form, and behind it those that lead to an authority. */
final class CertificateFile {
  private static final String CERTIFICATE = "CERTIFICATE";

  private static final String BEGIN = "-----BEGIN " + CERTIFICATE + "-----";

  private CertificateFile() {}

  /**
   * The certificates in {@code text}, the server's own first.
   *
   * @param file where the text is from
   */
  static List<X509Certificate> read(Path file, String text) throws UnusableIdentityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(text)) {
      if (block.label().equals(CERTIFICATE)) {
        chain.add(parsed(file, block));
      }
    }
    int begun = text.split(BEGIN, -1).length - 1;
    if (begun > chain.size()) {
      throw unusable(file, " is cut off or damaged");
    }
    if (chain.isEmpty()) {
      throw unusable(file, " has no certificate in PEM form (BEGIN CERTIFICATE)");
    }
    return chain;
  }

  private static X509Certificate parsed(Path file, Pem.Block block)
      throws UnusableIdentityException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw unusable(file, " is cut off or damaged");
    }
  }

  private static UnusableIdentityException unusable(Path file, String why) {
    return new UnusableIdentityException(Part.CERTIFICATE, file + why);
  }
}
