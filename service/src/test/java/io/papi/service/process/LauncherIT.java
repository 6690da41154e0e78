package io.papi.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.papi.caller.NewKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the packaged program does but serve: on another Java than its own, and with an argument. */
@Timeout(60)
class LauncherIT {
  private static final Path JAR = Path.of("target", "papi.jar");
  private static final Path JVMS = Path.of("/usr/lib/jvm");

  private static final Pattern KEY =
      Pattern.compile(
          """
          key, for the caller: +(papi_[0-9A-Za-z_-]{43})
          hash, for callers' keys-sha256: ([0-9a-f]{64})
          """);

  /** What a class file says that is for Java 8. */
  private static final int JAVA_8 = 52;

  @Test
  void mainClass_isForJava8() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue("Main-Class");
      String file = main.replace('.', '/') + ".class";
      try (DataInputStream header = new DataInputStream(jar.getInputStream(jar.getEntry(file)))) {
        assertThat(header.readInt()).isEqualTo(0xCAFEBABE);
        assertThat(header.readUnsignedShort()).isZero();
        assertThat(header.readUnsignedShort()).isEqualTo(JAVA_8);
      }
    }
  }

  @Test
  void newKey_isPrintedWithItsHash_eachTimeAnother() throws Exception {
    Matcher first = KEY.matcher(said(0, "new-key"));
    assertThat(first.matches()).isTrue();
    assertThat(new NewKey(first.group(1)).hash().hex()).isEqualTo(first.group(2));
    assertThat(said(0, "new-key")).matches(KEY).doesNotContain(first.group(1));
    assertThat(said(2, "new-kay")).startsWith("usage: ");
  }

  /** What the program says with such an argument, on this Java, before it ends. */
  private static String said(int status, String argument) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                argument)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(status);
    return said;
  }

  @Test
  void start_onAnOlderJava_saysWhichOneIsNeeded() throws Exception {
    Optional<Jvm> older = older();
    assumeTrue(older.isPresent(), "SKIPPED: no Java older than 25 in " + JVMS);
    Jvm jvm = older.orElseThrow();
    Process process =
        new ProcessBuilder(
                jvm.java().toString(), "@" + Path.of("target", "papi.jvm"), "-jar", JAR.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said)
        .startsWith("refusing to start: Papi needs Java 25, this is " + jvm.version() + " (")
        .hasLineCount(1);
  }

  private record Jvm(Path java, int version) {}

  /** A Java from 9 on, which knows argument files, and before 25. */
  private static Optional<Jvm> older() throws IOException {
    if (!Files.isDirectory(JVMS)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(JVMS)) {
      return homes
          .map(home -> new Jvm(home.resolve("bin/java"), version(home)))
          .filter(jvm -> Files.isExecutable(jvm.java()))
          .filter(jvm -> jvm.version() > 8 && jvm.version() < 25)
          .findFirst();
    }
  }

  /** By its release file; 0 if there is none. */
  private static int version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.split("[._]", 2)[0]);
  }
}
