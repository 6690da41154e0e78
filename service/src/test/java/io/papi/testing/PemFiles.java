package io.papi.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Makes files with keys, right ones and wrong ones. */
public final class PemFiles {
  private static final String PBE = "PBEWithHmacSHA256AndAES_256";
  private static final int LINE = 64;
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII));

  /** Before the number of a PKCS#8 file's bytes and its PKCS#1 part: a version and "RSA". */
  private static final int PKCS8_HEADER = 26;

  private PemFiles() {}

  public static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  public static KeyPair rsa() throws GeneralSecurityException {
    return keys("RSA", 2_048);
  }

  /** A private key in PKCS#8. */
  public static String pkcs8(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** An RSA private key of 2048 bits in PKCS#1, the older form. */
  public static String pkcs1(KeyPair keys) {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length));
  }

  /** A private key in PKCS#8, encrypted. */
  public static String encrypted(KeyPair keys, String passphrase)
      throws GeneralSecurityException, IOException {
    Cipher cipher = Cipher.getInstance(PBE);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(PBE).generateSecret(new PBEKeySpec(passphrase.toCharArray())));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] encrypted =
        new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(keys.getPrivate().getEncoded()))
            .getEncoded();
    return pem("ENCRYPTED PRIVATE KEY", encrypted);
  }

  public static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  /** A file with an RSA private key in {@code directory}. */
  public static Path write(Path directory) throws GeneralSecurityException, IOException {
    return Files.writeString(directory.resolve("key.p8"), pkcs8(rsa()));
  }
}
