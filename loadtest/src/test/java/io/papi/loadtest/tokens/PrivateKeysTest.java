package io.papi.loadtest.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateKeysTest {
  private static KeyPair pair;

  @TempDir private Path directory;

  @BeforeAll
  static void makeKey() {
    pair = Keys.rsa();
  }

  @Test
  void read_plain_isTheKey() throws IOException {
    Path file = Keys.write(pair, directory.resolve("key.p8"));

    assertThat(PrivateKeys.read(file, Optional.empty())).isEqualTo(pair.getPrivate());
  }

  @Test
  void read_encrypted_isTheKey() throws Exception {
    Path file = Keys.writeEncrypted(pair, "sesame", directory.resolve("key.p8"));

    assertThat(PrivateKeys.read(file, Optional.of("sesame"))).isEqualTo(pair.getPrivate());
  }

  @Test
  void read_otherPassphrase_throwsException() throws Exception {
    Path file = Keys.writeEncrypted(pair, "sesame", directory.resolve("key.p8"));

    assertNotRead(file, Optional.of("s3cret"), "cannot be read as an RSA key with this passphrase");
  }

  @Test
  void read_encryptedWithoutPassphrase_throwsException() throws Exception {
    Path file = Keys.writeEncrypted(pair, "sesame", directory.resolve("key.p8"));

    assertNotRead(file, Optional.empty(), "needs a passphrase");
  }

  @Test
  void read_plainWithPassphrase_throwsException() throws IOException {
    Path file = Keys.write(pair, directory.resolve("key.p8"));

    assertNotRead(file, Optional.of("s3cret"), "has no passphrase, but one is given");
  }

  @Test
  void read_otherText_throwsException() throws IOException {
    Path file = Files.writeString(directory.resolve("key.pub"), "ssh-rsa s3cret");

    assertNotRead(file, Optional.empty(), "does not hold a private key in PEM form");
  }

  @Test
  void read_garbled_throwsException() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("key.p8"),
            "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n");

    assertNotRead(file, Optional.empty(), "cannot be read as an RSA key");
  }

  @Test
  void read_missingFile_throwsException() {
    assertNotRead(directory.resolve("nowhere"), Optional.empty(), "cannot be read");
  }

  private static void assertNotRead(Path file, Optional<String> passphrase, String message) {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> PrivateKeys.read(file, passphrase))
        .withMessageStartingWith(file + " ")
        .withMessageContaining(message)
        .withMessageNotContaining("s3cret");
  }
}
