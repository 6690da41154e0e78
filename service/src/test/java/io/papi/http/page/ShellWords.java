package io.papi.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The words of a command as a POSIX shell takes it. */
final class ShellWords {
  private ShellWords() {}

  /** Asks the shell, which runs nothing of it. */
  static List<String> of(String command) {
    String script = "for word in " + command + "; do printf '%s\\n' \"$word\"; done";
    try {
      Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
      String words = new String(shell.getInputStream().readAllBytes(), UTF_8);
      assertThat(shell.waitFor()).isZero();
      return List.of(words.split("\n", 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
