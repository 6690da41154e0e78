package io.papi.service.platforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs texts as the programs that they are; the key is in their environment. */
final class Programs {
  private final Path folder;

  Programs(Path folder) {
    this.folder = folder;
  }

  String curl(String text, String key) {
    return run(key, installed("bash"), "-c", text);
  }

  String python(String text, String key) {
    return run(key, installed("python3"), "-X", "utf8", write("snippet.py", text));
  }

  String java(String text, String key) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return run(
        key,
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dstdout.encoding=UTF-8",
        write("Snippet.java", text));
  }

  private static String installed(String program) {
    boolean isThere =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    assumeTrue(isThere, () -> "SKIPPED: what is pasted for it needs " + program + " on the PATH");
    return program;
  }

  private String write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String run(String key, String... words) {
    try {
      Path complaints = folder.resolve("complaints");
      ProcessBuilder builder = new ProcessBuilder(List.of(words));
      builder.redirectError(complaints.toFile());
      builder.environment().put("PAPI_KEY", key);
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(() -> read(complaints)).isZero();
      return printed;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
