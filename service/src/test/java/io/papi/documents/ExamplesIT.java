package io.papi.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.papi.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples, each served from its own configuration: every {@code curl} that their documents and
 * {@code service/README.md} show is run in a shell, and prints what they show below it.
 */
@Timeout(240)
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("examples");
  private static final String CALLERS = "localhost:8001";
  private static final int MAX_SECONDS = 60;

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("configurations")
  void curls_printWhatTheDocumentsShow(Path configuration) throws Exception {
    assumeTrue(!run("command -v curl").isEmpty(), "no curl on the PATH");
    List<Shown> requests =
        requests().stream().filter(shown -> shown.configuration().equals(configuration)).toList();
    assertThat(requests).isNotEmpty();
    try (TestService service = TestService.start(Map.of("PAPI_CONFIG", configuration.toString()))) {
      String callers = service.address().substring("http://".length());
      for (Shown shown : requests) {
        String printed = run(shown.command().replace(CALLERS, callers));
        assertThat(withoutId(printed))
            .as(shown.document() + ": " + shown.command())
            .isEqualTo(withoutId(shown.output()));
      }
    }
  }

  /** A folder's is papi.conf; others are files of their own. */
  static List<Path> configurations() throws IOException {
    return files(".conf");
  }

  @Test
  void documents_showNothingThatIsNotRun() throws IOException {
    for (Path document : files(".md")) {
      Path own = document.resolveSibling("papi.conf");
      for (Shown shown : Shown.in(document)) {
        assertThat(shown.configuration()).as(document.toString()).isEqualTo(own);
        assertThat(isRequest(shown) || shown.command().equals(serve(own) + " &"))
            .as(document + ": " + shown.command())
            .isTrue();
      }
    }
  }

  @Test
  void comments_showTheSameCommandsAsDocuments() throws IOException {
    List<String> known = new ArrayList<>(requests().stream().map(Shown::command).toList());
    for (Path configuration : configurations()) {
      known.add(serve(configuration));
      for (String line : Files.readAllLines(configuration)) {
        String comment = line.replaceFirst("^ *# *", "");
        if (!comment.equals(line) && comment.matches("(curl|PAPI_CONFIG=).*")) {
          assertThat(known).as(configuration.toString()).contains(comment);
        }
      }
    }
  }

  /** So that an answer is the same, wherever the rows are. */
  @Test
  void scripts_ofBothStores_haveTheSameFormula() throws IOException {
    List<Path> scripts = files("snowflake.sql");
    assertThat(scripts).hasSize(2);
    for (Path script : scripts) {
      Path embedded = script.resolveSibling("embedded.sql");
      assertThat(betweenTheLines(script))
          .as(script.toString())
          .isEqualTo(betweenTheLines(embedded));
    }
  }

  private static String betweenTheLines(Path script) throws IOException {
    String[] parts = Files.readString(script).split("(?m)^-- -{20,}$", -1);
    assertThat(parts).as(script.toString()).hasSize(3);
    return parts[1];
  }

  /** How a document serves a configuration, from the root of the repository. */
  private static String serve(Path configuration) {
    return "PAPI_CONFIG=service/"
        + configuration
        + " mvn -B -pl service -DskipTests package exec:exec";
  }

  private static List<Shown> requests() throws IOException {
    List<Shown> all = new ArrayList<>(Shown.in(Path.of("README.md")));
    for (Path document : files(".md")) {
      all.addAll(Shown.in(document));
    }
    return all.stream().filter(ExamplesIT::isRequest).toList();
  }

  private static boolean isRequest(Shown shown) {
    return shown.command().startsWith("curl ") && shown.command().contains(CALLERS + "/");
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(EXAMPLES)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** What a terminal shows of a command. */
  private String run(String command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process shell =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = shell.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    shell.destroyForcibly();
    assertThat(ended).as(command + " has ended").isTrue();
    String printed = Files.readString(output, UTF_8).replace("\r\n", "\n");
    return printed.endsWith("\n") ? printed.substring(0, printed.length() - 1) : printed;
  }

  /** The id of a request is another each time, in the same form. */
  private static String withoutId(String text) {
    return text.replaceAll("\"requestId\":\"[0-9a-f]{8}-[0-9a-z]+\"", "\"requestId\":\"\"");
  }
}
