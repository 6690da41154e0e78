package io.papi.http.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.http.tls.UnusableIdentityException.Part;
import io.papi.lookup.Sha256;
import io.papi.secret.SecretFile;
import io.papi.secret.UnusableSecretException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The two files of an identity.
 *
 * @param certificate with the certificate, and those that lead to its authority, in PEM form
 * @param privateKey with its key, in PEM form; it may be the same file
 */
public record IdentityFiles(Path certificate, Path privateKey) {

  /** What was read from both at one moment. */
  record Contents(IdentityFiles files, String certificate, String privateKey) {

    Identity identity() throws UnusableIdentityException {
      List<X509Certificate> chain = CertificateFile.read(files.certificate(), certificate);
      PrivateKey key =
          PrivateKeyOf.read(chain.getFirst().getPublicKey(), files.privateKey(), privateKey);
      try {
        return Identity.of(chain, key);
      } catch (GeneralSecurityException e) {
        throw new UnusableIdentityException(
            Part.CERTIFICATE,
            files.certificate()
                + " cannot be used: each certificate is to be followed by the one that signed it");
      }
    }

    /** A mark that other contents do not have. */
    String mark() {
      MessageDigest digest = Sha256.digest();
      digest.update(certificate.getBytes(UTF_8));
      digest.update((byte) 0);
      return new String(digest.digest(privateKey.getBytes(UTF_8)), ISO_8859_1);
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
      return files.toString();
    }
  }

  /**
   * Reads both.
   *
   * @throws UnusableIdentityException if one cannot be used
   */
  public Identity read() throws UnusableIdentityException {
    return contents().identity();
  }

  Contents contents() throws UnusableIdentityException {
    return new Contents(
        this, text(Part.CERTIFICATE, certificate), text(Part.PRIVATE_KEY, privateKey));
  }

  private static String text(Part part, Path file) throws UnusableIdentityException {
    try {
      return SecretFile.text(file);
    } catch (UnusableSecretException e) {
      throw new UnusableIdentityException(part, String.valueOf(e.getMessage()));
    }
  }
}
