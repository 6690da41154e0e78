package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.secret.Secret;
import io.papi.secret.UnusableSecretException;
import io.papi.testing.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What takes the place of a key, by mistake, and what is said of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateKeyFileTest {
  private static final Optional<Secret> PASSPHRASE = Optional.of(new Secret("open sesame"));

  @TempDir private Path directory;
  private KeyPair rsa;

  @BeforeAll
  void makeKeys() throws GeneralSecurityException {
    rsa = PemFiles.rsa();
  }

  @Test
  void read_formsThatTheDriverReads_isTheKey() throws Exception {
    assertThat(read(PemFiles.pkcs8(rsa), Optional.empty())).isEqualTo(rsa.getPrivate());
    assertThat(read(PemFiles.pkcs1(rsa), Optional.empty())).isEqualTo(rsa.getPrivate());
    assertThat(read(PemFiles.pkcs8(rsa).replace("\n", "\r\n"), Optional.empty()))
        .isEqualTo(rsa.getPrivate());
    assertThat(read("a comment before\n" + PemFiles.pkcs8(rsa), Optional.empty()))
        .isEqualTo(rsa.getPrivate());
    assertThat(read(PemFiles.encrypted(rsa, "open sesame"), PASSPHRASE))
        .isEqualTo(rsa.getPrivate());
  }

  @Test
  void read_anotherKey_saysWhichItIs() throws Exception {
    KeyPair ec = PemFiles.keys("EC", 256);
    assertRefused(PemFiles.pkcs8(ec), "a key of the kind EC", "an RSA private key");
    assertRefused(PemFiles.pem("EC PRIVATE KEY", new byte[99]), "an EC key", "an RSA private key");
    assertRefused(PemFiles.pkcs8(PemFiles.keys("Ed25519", 255)), "a key of the kind Ed");
    assertRefused(PemFiles.pkcs8(PemFiles.keys("RSA", 1_024)), "1024 bits", "2048");
    assertRefused(PemFiles.pkcs8(PemFiles.keys("RSASSA-PSS", 2_048)), "RSASSA-PSS");
  }

  @Test
  void read_noPrivateKey_saysWhatItIs() throws Exception {
    assertRefused(PemFiles.pem("PUBLIC KEY", rsa.getPublic().getEncoded()), "a public key");
    assertRefused("ssh-rsa AAAAB3NzaC1yc2E me@here\n", "a public key");
    assertRefused(PemFiles.pem("CERTIFICATE", new byte[99]), "a certificate");
    assertRefused(PemFiles.pem("OPENSSH PRIVATE KEY", new byte[99]), "OpenSSH", "ssh-keygen -p");
    assertRefused(PemFiles.pem("X509 CRL", new byte[99]), "no private key");
    assertRefused("hello\n", "not in PEM form");
    assertRefused("", "empty");
  }

  @Test
  void read_cutOrDamaged_saysSo() throws Exception {
    String whole = PemFiles.pkcs8(rsa);
    assertRefused(whole.substring(0, whole.length() / 2), "cut off", "END line");
    String withoutMiddle = whole.substring(0, 400) + whole.substring(1_200);
    assertRefused(withoutMiddle, "cut off or damaged");
    assertRefused(PemFiles.pem("PRIVATE KEY", new byte[0]), "cut off or damaged");
    assertRefused(whole + PemFiles.pem("CERTIFICATE", new byte[9]), "several blocks");
  }

  @Test
  void read_encrypted_needsItsPassphrase() throws Exception {
    Path file = Files.writeString(directory.resolve("k"), PemFiles.encrypted(rsa, "right one"));
    assertThatThrownBy(() -> PrivateKeyFile.read(file, Optional.empty()))
        .isInstanceOf(PrivateKeyFile.EncryptedException.class)
        .hasMessage(file + " is encrypted");
    assertThatThrownBy(() -> PrivateKeyFile.read(file, PASSPHRASE))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessageContainingAll(file.toString(), "passphrase is wrong")
        .hasMessageNotContaining("sesame");
    assertRefused(
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """,
        "an old form",
        "openssl pkcs8 -topk8");
  }

  private void assertRefused(String text, String... parts) throws IOException {
    Path file = Files.writeString(directory.resolve("wrong"), text);
    assertThatThrownBy(() -> PrivateKeyFile.read(file, Optional.empty()))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessageStartingWith(file + " is ")
        .hasMessageContainingAll(parts);
  }

  private java.security.PrivateKey read(String text, Optional<Secret> passphrase) throws Exception {
    return PrivateKeyFile.read(Files.writeString(directory.resolve("right"), text), passphrase);
  }
}
