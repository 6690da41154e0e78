package io.papi.store.snowflake;

import io.papi.secret.Secret;
import io.papi.secret.SecretFile;
import io.papi.secret.UnusableSecretException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.snowflake.client.jdbc.internal.org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import net.snowflake.client.jdbc.internal.org.bouncycastle.jce.provider.BouncyCastleProvider;
import net.snowflake.client.jdbc.internal.org.bouncycastle.openssl.PEMKeyPair;
import net.snowflake.client.jdbc.internal.org.bouncycastle.openssl.PEMParser;
import net.snowflake.client.jdbc.internal.org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import net.snowflake.client.jdbc.internal.org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import net.snowflake.client.jdbc.internal.org.bouncycastle.operator.OperatorCreationException;
import net.snowflake.client.jdbc.internal.org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import net.snowflake.client.jdbc.internal.org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * A file with a private key that Snowflake takes: RSA of 2048 bits or more, in PEM form. It is read
 * here, with the libraries that are in the driver, and the driver is given the key: so what a start
 * has tried is what signs in, and a message says what the file is instead.
 */
public final class PrivateKeyFile {
  private static final int MIN_BITS = 2_048;
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final String NEEDED = ": an RSA private key in PEM form is needed";
  private static final String CONVERT =
      ": openssl pkcs8 -topk8 -v2 aes256 -in <it> -out <new> makes one that is";

  /** What files are instead, by the label of their first block. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "EC PRIVATE KEY", "an EC key" + NEEDED,
          "DSA PRIVATE KEY", "a DSA key" + NEEDED,
          "PUBLIC KEY", "a public key" + NEEDED,
          "RSA PUBLIC KEY", "a public key" + NEEDED,
          "SSH2 PUBLIC KEY", "a public key" + NEEDED,
          "CERTIFICATE", "a certificate" + NEEDED,
          "OPENSSH PRIVATE KEY",
              "a key in OpenSSH's form" + NEEDED + ": ssh-keygen -p -m PKCS8 -f <it> rewrites it");

  /** The key is encrypted and there is no passphrase. */
  public static final class EncryptedException extends UnusableSecretException {
    private static final long serialVersionUID = 1L;

    EncryptedException(Path file) {
      super(file + " is encrypted");
    }
  }

  private PrivateKeyFile() {}

  /**
   * The key in {@code file}, which has signed something.
   *
   * @throws EncryptedException if it needs a passphrase
   * @throws UnusableSecretException if it holds none that Snowflake takes; the message begins with
   *     the file's name and says what it is
   */
  public static PrivateKey read(Path file, Optional<Secret> passphrase)
      throws UnusableSecretException {
    String text = SecretFile.text(file);
    Matcher begin = BEGIN.matcher(text);
    if (!begin.find()) {
      throw unusable(file, withoutLabel(text));
    }
    String label = begin.group(1);
    if (OTHERS.containsKey(label)) {
      throw unusable(file, String.valueOf(OTHERS.get(label)));
    }
    if (!text.contains("-----END " + label + "-----")) {
      throw unusable(file, "cut off: its END line is missing");
    }
    if (begin.find()) {
      throw unusable(file, "a file of several blocks: leave the private key alone in it");
    }
    PrivateKey key =
        switch (label) {
          case PKCS8, PKCS1 -> plain(file, text);
          case ENCRYPTED ->
              decrypted(file, text, passphrase.orElseThrow(() -> new EncryptedException(file)));
          default -> throw unusable(file, "no private key" + NEEDED);
        };
    return tried(file, key);
  }

  private static String withoutLabel(String text) {
    if (text.isBlank()) {
      return "empty" + NEEDED;
    }
    return text.startsWith("ssh-") || text.startsWith("ecdsa-")
        ? "a public key" + NEEDED
        : "not in PEM form" + NEEDED;
  }

  private static PrivateKey plain(Path file, String text) throws UnusableSecretException {
    if (text.contains("Proc-Type: 4,ENCRYPTED")) {
      throw unusable(file, "encrypted in an old form that the driver does not read" + CONVERT);
    }
    try {
      return switch (parsed(text)) {
        case PrivateKeyInfo info -> converted(info);
        case PEMKeyPair pair -> converted(pair.getPrivateKeyInfo());
        case null, default -> throw unusable(file, "cut off or damaged");
      };
    } catch (IOException | RuntimeException e) {
      throw unusable(file, "cut off or damaged");
    }
  }

  private static PrivateKey decrypted(Path file, String text, Secret passphrase)
      throws UnusableSecretException {
    try {
      if (!(parsed(text) instanceof PKCS8EncryptedPrivateKeyInfo info)) {
        throw unusable(file, "cut off or damaged");
      }
      JceOpenSSLPKCS8DecryptorProviderBuilder decryptor =
          new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(new BouncyCastleProvider());
      return converted(
          info.decryptPrivateKeyInfo(decryptor.build(passphrase.reveal().toCharArray())));
    } catch (PKCSException e) {
      throw unusable(file, "not to be decrypted: the passphrase is wrong");
    } catch (OperatorCreationException e) {
      throw unusable(file, "encrypted in a way that cannot be read" + CONVERT);
    } catch (IOException | RuntimeException e) {
      throw unusable(file, "cut off or damaged, or the passphrase is wrong");
    }
  }

  private static @Nullable Object parsed(String text) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      return parser.readObject();
    }
  }

  private static PrivateKey converted(PrivateKeyInfo info) throws IOException {
    return new JcaPEMKeyConverter().setProvider(new BouncyCastleProvider()).getPrivateKey(info);
  }

  private static PrivateKey tried(Path file, PrivateKey key) throws UnusableSecretException {
    if (!(key instanceof RSAPrivateCrtKey rsa) || !rsa.getAlgorithm().equals("RSA")) {
      throw unusable(file, "a key of the kind " + key.getAlgorithm() + NEEDED);
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < MIN_BITS) {
      throw unusable(file, "a key of " + bits + " bits: Snowflake takes " + MIN_BITS + " or more");
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update((byte) 1);
      signature.sign();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw unusable(file, "a damaged key: it does not sign");
    }
    return key;
  }

  private static UnusableSecretException unusable(Path file, String what) {
    return new UnusableSecretException(file + " is " + what);
  }
}
