package io.papi.loadtest.tokens;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.encoders.DecoderException;
import org.jspecify.annotations.Nullable;

/**
 * RSA private keys in files: PKCS#8 in PEM form, plain or with a passphrase. The JDK alone does not
 * read what {@code openssl pkcs8 -topk8 -v2 des3} writes, the command of Snowflake's documentation.
 */
final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * Reads a key.
   *
   * @throws TokenException if the file cannot be read, is of another form, or has another
   *     passphrase
   */
  static RSAPrivateCrtKey read(Path file, Optional<String> passphrase) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new TokenException(file + " cannot be read", e);
    }
    try {
      PrivateKeyInfo info =
          switch (pem(text)) {
            case PrivateKeyInfo plain when passphrase.isEmpty() -> plain;
            case PKCS8EncryptedPrivateKeyInfo encrypted when passphrase.isPresent() ->
                decrypted(encrypted, passphrase.get());
            case PrivateKeyInfo _ ->
                throw new TokenException(file + " has no passphrase, but one is given");
            case PKCS8EncryptedPrivateKeyInfo _ ->
                throw new TokenException(file + " needs a passphrase");
            case null, default ->
                throw new TokenException(
                    file
                        + " does not hold a private key in PEM form (-----BEGIN PRIVATE KEY-----)");
          };
      if (new JcaPEMKeyConverter().getPrivateKey(info) instanceof RSAPrivateCrtKey key) {
        return key;
      }
      throw new TokenException(file + " holds a key that is not an RSA key");
    } catch (IOException | PKCSException | OperatorCreationException | DecoderException e) {
      throw new TokenException(
          file
              + " cannot be read as an RSA key"
              + (passphrase.isPresent() ? " with this passphrase" : ""),
          e);
    }
  }

  /** {@code SHA256:} and the digest of the public key in Base64, as Snowflake shows it. */
  static String fingerprint(RSAPrivateCrtKey key) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
      return "SHA256:" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new TokenException("the private key has no public part", e);
    }
  }

  private static @Nullable Object pem(String text) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      return parser.readObject();
    }
  }

  private static PrivateKeyInfo decrypted(PKCS8EncryptedPrivateKeyInfo info, String passphrase)
      throws PKCSException, OperatorCreationException {
    return info.decryptPrivateKeyInfo(
        new JceOpenSSLPKCS8DecryptorProviderBuilder()
            .setProvider(new BouncyCastleProvider())
            .build(passphrase.toCharArray()));
  }
}
