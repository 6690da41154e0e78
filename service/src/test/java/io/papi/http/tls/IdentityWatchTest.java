package io.papi.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.testing.CapturedLog;
import io.papi.testing.TlsPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityWatchTest {
  private static TlsPair first;
  private static TlsPair second;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;

  @BeforeAll
  static void make(@TempDir Path files) throws Exception {
    first = TlsPair.make(files, "EC-256", 30);
    second = TlsPair.make(files, "EC-256", 60);
  }

  @BeforeEach
  void show() throws Exception {
    first.replaceIn(directory);
  }

  private IdentityWatch watch() throws UnusableIdentityException {
    Instant now = first.certificate().getNotAfter().toInstant().minus(Duration.ofHours(1));
    return new IdentityWatch(
        new IdentityFiles(directory.resolve("tls.crt"), directory.resolve("tls.key")),
        meters,
        InstantSource.fixed(now));
  }

  @Test
  void look_nothingNew_staysTheSame() throws Exception {
    try (IdentityWatch watch = watch()) {
      Identity before = watch.current();
      watch.look();
      assertThat(watch.current()).isSameAs(before);
      assertThat(remaining()).isEqualTo(3_600);
      assertThat(refused()).isZero();
    }
  }

  @Test
  void look_renamed_isShown() throws Exception {
    try (IdentityWatch watch = watch()) {
      second.replaceIn(directory);
      watch.look();
      assertShown(second, watch);
      assertThat(remaining()).isGreaterThan(3_600);
    }
  }

  @Test
  void look_linkChanged_asKubernetesDoes_isShown() throws Exception {
    Path old = folder("..1", first);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
    for (String file : new String[] {"tls.crt", "tls.key"}) {
      Files.delete(directory.resolve(file));
      Files.createSymbolicLink(directory.resolve(file), Path.of("..data", file));
    }
    try (IdentityWatch watch = watch()) {
      Path fresh = folder("..2", second);
      Path link = Files.createSymbolicLink(directory.resolve("..tmp"), fresh.getFileName());
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      watch.look();
      assertShown(second, watch);
    }
  }

  private Path folder(String name, TlsPair pair) throws Exception {
    Path folder = Files.createDirectory(directory.resolve(name));
    pair.replaceIn(folder);
    return folder;
  }

  @Test
  void look_keyComesLater_isNoError() throws Exception {
    try (IdentityWatch watch = watch();
        CapturedLog log = CapturedLog.open()) {
      Files.writeString(directory.resolve("tls.crt"), second.certificatePem());
      watch.look();
      assertShown(first, watch);
      assertThat(refused()).isZero();
      second.replaceIn(directory);
      watch.look();
      assertShown(second, watch);
      assertThat(log.lines("cannot be renewed")).isEmpty();
    }
  }

  @Test
  void look_badPair_keepsTheOld_andSaysSoOnce() throws Exception {
    try (IdentityWatch watch = watch();
        CapturedLog log = CapturedLog.open()) {
      Files.writeString(directory.resolve("tls.key"), second.privateKeyPem());
      for (int i = 0; i < 4; i++) {
        watch.look();
      }
      assertShown(first, watch);
      assertThat(refused()).isEqualTo(1);
      assertThat(log.lines("cannot be renewed"))
          .singleElement()
          .asString()
          .contains("tls.key does not belong to the certificate");
      first.replaceIn(directory);
      watch.look();
      assertThat(refused()).isZero();
    }
  }

  @Test
  void look_fileGone_keepsTheOld_untilItIsThereAgain() throws Exception {
    try (IdentityWatch watch = watch()) {
      Files.delete(directory.resolve("tls.crt"));
      watch.look();
      watch.look();
      assertShown(first, watch);
      assertThat(refused()).isEqualTo(1);
      second.replaceIn(directory);
      watch.look();
      assertShown(second, watch);
      assertThat(refused()).isZero();
    }
  }

  private static void assertShown(TlsPair pair, IdentityWatch watch) throws IOException {
    assertThat(watch.current().name())
        .isEqualTo(pair.certificate().getSubjectX500Principal().getName());
  }

  private double remaining() {
    return meters.get("papi.tls.certificate.remaining").gauge().value();
  }

  private double refused() {
    return meters.get("papi.tls.certificate.refused").gauge().value();
  }
}
