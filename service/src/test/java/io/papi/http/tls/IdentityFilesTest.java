package io.papi.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.http.tls.UnusableIdentityException.Part;
import io.papi.testing.PemFiles;
import io.papi.testing.Programs;
import io.papi.testing.TlsPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityFilesTest {
  private Path directory;
  private TlsPair rsa;
  private TlsPair ec;

  @BeforeAll
  void make(@TempDir Path files) throws Exception {
    directory = files;
    rsa = TlsPair.make(directory, "RSA-2048", 30);
    ec = TlsPair.make(directory, "EC-256", 30);
  }

  @Test
  void read_pkcs8_isUsed_whicheverTheKind() throws Exception {
    assertThat(identity(rsa.certificatePem(), rsa.privateKeyPem()).end())
        .isEqualTo(rsa.certificate().getNotAfter().toInstant());
    assertThat(identity(ec.certificatePem(), ec.privateKeyPem()).name()).startsWith("CN=keys");
    TlsPair edwards = TlsPair.make(directory, "Ed25519-255", 30);
    assertThat(identity(edwards.certificatePem(), edwards.privateKeyPem()).name())
        .startsWith("CN=keys");
  }

  @Test
  void read_pkcs1_isUsed() throws Exception {
    assertThat(identity(rsa.certificatePem(), PemFiles.pkcs1(rsa.keys())).name())
        .startsWith("CN=keys");
  }

  @Test
  void read_sec1_isUsed_alsoBehindItsParameters() throws Exception {
    Path pkcs8 = Files.writeString(directory.resolve("ec.p8"), ec.privateKeyPem());
    String sec1 = Programs.run("openssl", directory, "ec", "-in", pkcs8.toString()).printed();
    String key = sec1.substring(sec1.indexOf("-----BEGIN"));
    assertThat(key).startsWith("-----BEGIN EC PRIVATE KEY-----");
    String parameters = PemFiles.pem("EC PARAMETERS", new byte[] {6, 1, 0});
    assertThat(identity(ec.certificatePem(), parameters + key).name()).startsWith("CN=keys");
  }

  @Test
  void read_certificatesThatAreNoChain_saysSo() {
    assertRefused(
        Part.CERTIFICATE,
        "each certificate is to be followed by the one that signed it",
        () -> identity(rsa.certificatePem() + ec.certificatePem(), rsa.privateKeyPem()));
  }

  @Test
  void read_oneFileForBoth_isUsed() throws Exception {
    Path both =
        Files.writeString(
            directory.resolve("both.pem"), rsa.certificatePem() + rsa.privateKeyPem());
    assertThat(new IdentityFiles(both, both).read().name()).startsWith("CN=keys");
  }

  @Test
  void read_keyOfAnother_saysSo() {
    assertRefused(
        Part.PRIVATE_KEY,
        "does not belong to the certificate",
        () -> identity(rsa.certificatePem(), ec.privateKeyPem()));
    assertRefused(
        Part.PRIVATE_KEY,
        "does not belong to the certificate",
        () -> identity(rsa.certificatePem(), PemFiles.pkcs8(PemFiles.rsa())));
  }

  @Test
  void read_encryptedKey_saysHowToDecryptIt() {
    assertRefused(
        Part.PRIVATE_KEY,
        "is encrypted: openssl pkey",
        () -> identity(rsa.certificatePem(), PemFiles.encrypted(rsa.keys(), "secret")));
  }

  @Test
  void read_noKey_saysSo() {
    assertRefused(
        Part.PRIVATE_KEY,
        "has no private key in PEM form",
        () -> identity(rsa.certificatePem(), rsa.certificatePem()));
    assertRefused(
        Part.PRIVATE_KEY,
        "has 2 private keys",
        () -> identity(rsa.certificatePem(), rsa.privateKeyPem() + ec.privateKeyPem()));
    assertRefused(
        Part.PRIVATE_KEY,
        "is a key in another form (BEGIN OPENSSH PRIVATE KEY)",
        () ->
            identity(
                rsa.certificatePem(), PemFiles.pem("OPENSSH PRIVATE KEY", new byte[] {1, 2, 3})));
  }

  @Test
  void read_noCertificate_saysSo() {
    assertRefused(
        Part.CERTIFICATE,
        "has no certificate in PEM form",
        () -> identity(rsa.privateKeyPem(), rsa.privateKeyPem()));
    assertRefused(
        Part.CERTIFICATE,
        "is cut off or damaged",
        () -> identity(cut(rsa.certificatePem()), rsa.privateKeyPem()));
    assertRefused(
        Part.CERTIFICATE,
        "is cut off or damaged",
        () -> identity(PemFiles.pem("CERTIFICATE", new byte[] {1, 2, 3}), rsa.privateKeyPem()));
  }

  @Test
  void read_cutKey_saysSo_andNothingOfIt() {
    assertRefused(
        Part.PRIVATE_KEY,
        "or is cut off",
        () -> identity(rsa.certificatePem(), cut(rsa.privateKeyPem())));
  }

  @Test
  void read_noFile_namesIt() {
    IdentityFiles files =
        new IdentityFiles(directory.resolve("none.crt"), directory.resolve("none.key"));
    assertRefused(Part.CERTIFICATE, "none.crt cannot be read: there is no such file", files::read);
  }

  private static String cut(String pem) {
    return pem.substring(0, pem.length() / 2);
  }

  private Identity identity(String certificate, String key)
      throws IOException, UnusableIdentityException {
    Path folder = Files.createTempDirectory(directory, "pair");
    return new IdentityFiles(
            Files.writeString(folder.resolve("tls.crt"), certificate),
            Files.writeString(folder.resolve("tls.key"), key))
        .read();
  }

  private static void assertRefused(Part part, String why, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            UnusableIdentityException.class, e -> assertThat(e.part()).isEqualTo(part))
        .hasMessageContaining(why);
  }
}
