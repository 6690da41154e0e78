package io.papi.http.tls;

import io.papi.http.tls.UnusableIdentityException.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;

/**
 * The private key of a certificate, from a file in PEM form: PKCS#8, or one of the older forms
 * PKCS#1 (RSA) and SEC 1 (EC).
 */
final class PrivateKeyOf {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** By the kind of a key, a signature that shows whether it belongs to a certificate. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PrivateKeyOf() {}

  /**
   * The key in {@code text}, which has signed something that {@code certified} has verified.
   *
   * @param file where the text is from
   */
  static PrivateKey read(PublicKey certified, Path file, String text)
      throws UnusableIdentityException {
    String signature = SIGNATURES.get(certified.getAlgorithm());
    if (signature == null) {
      throw new UnusableIdentityException(
          Part.CERTIFICATE,
          "its key is of the kind " + certified.getAlgorithm() + ", not RSA, EC or Ed25519");
    }
    byte[] pkcs8 = pkcs8(certified, file, text);
    try {
      PrivateKey key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (belongTogether(key, certified, signature)) {
        return key;
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      // a key of another kind, or none
    }
    throw unusable(file, " does not belong to the certificate, or is damaged");
  }

  private static byte[] pkcs8(PublicKey certified, Path file, String text)
      throws UnusableIdentityException {
    List<Pem.Block> keys =
        Pem.blocks(text).stream().filter(block -> block.label().endsWith(PKCS8)).toList();
    if (keys.size() != 1) {
      throw unusable(
          file,
          keys.isEmpty()
              ? " has no private key in PEM form (BEGIN PRIVATE KEY), or is cut off"
              : " has " + keys.size() + " private keys: leave one");
    }
    Pem.Block key = keys.getFirst();
    if (key.label().startsWith("ENCRYPTED") || key.content().contains("ENCRYPTED")) {
      throw unusable(
          file, " is encrypted: openssl pkey -in <it> -out <new> writes it without a passphrase");
    }
    try {
      return switch (key.label()) {
        case PKCS8 -> key.bytes();
        case PKCS1, SEC1 -> wrapped(certified, key.bytes());
        default ->
            throw unusable(
                file,
                " is a key in another form (BEGIN "
                    + key.label()
                    + "): openssl pkey -in <it> -out <new> writes it as PKCS#8");
      };
    } catch (IllegalArgumentException e) {
      throw unusable(file, " is damaged");
    }
  }

  /**
   * An older form in PKCS#8 (RFC 5958), which says of which kind the key is: the one that is
   * certified, in the same words.
   */
  private static byte[] wrapped(PublicKey certified, byte[] key) {
    // SEQUENCE { SEQUENCE { the kind }, the key }, and the kind is short
    byte[] info = certified.getEncoded();
    int kind = info[1] >= 0 ? 2 : 2 + (info[1] & 0x7F);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_0);
    content.write(info, kind, 2 + info[kind + 1]);
    content.writeBytes(element(OCTETS, key));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) tag)
        .put((byte) 0x82)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified, String algorithm)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update((byte) 1);
    return signature.verify(signed);
  }

  private static UnusableIdentityException unusable(Path file, String why) {
    return new UnusableIdentityException(Part.PRIVATE_KEY, file + why);
  }
}
