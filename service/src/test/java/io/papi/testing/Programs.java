package io.papi.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine. A test whose program is not there is skipped. */
public final class Programs {
  private Programs() {}

  /**
   * What a program had to say.
   *
   * @param printed to standard output and standard error
   */
  public record Ended(int status, String printed) {}

  /**
   * Runs a program of Python 3 that lies beside {@code test}.
   *
   * @param directory for what it prints
   */
  public static Ended python(Class<?> test, String program, Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(path(requireNonNull(test.getResource(program), program)).toString());
    all.addAll(List.of(arguments));
    return run("python3", directory, all.toArray(String[]::new));
  }

  /**
   * Runs a program to its end.
   *
   * @param directory for what it prints
   */
  public static Ended run(String program, Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(onPath(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, program, ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s has ended", program).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private static Path path(URL program) {
    try {
      return Path.of(program.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Optional<Path> found =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(each -> Path.of(each, program))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "SKIPPED: this test needs " + program + " on the PATH");
    return found.orElseThrow();
  }
}
