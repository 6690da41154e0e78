package io.papi.http.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.http.format.SomeRows.Cell;
import io.papi.lookup.Row;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers in all formats as the readers of Python 3 see them. */
class PythonIT {
  private static final int ANSWERS = 300;

  /** Python's reader of JSON is recursive. */
  private static final int MAX_DEPTH = 20;

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void randomAnswers_areReadAsTheyAre() throws Exception {
    long seed = Long.getLong("papi.seed", System.nanoTime());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    checkReadBack(
        Stream.generate(() -> SomeRows.of(random, MAX_DEPTH)).limit(ANSWERS).toList(),
        "-Dpapi.seed=" + seed);
  }

  @Test
  void everyCharacterThatStaysInANameOfXml_isTaken() throws Exception {
    List<String> columns = new ArrayList<>();
    for (int c = 0; c <= 0xFFFF; c++) {
      for (String name : List.of(Character.toString(c), "a" + Character.toString(c))) {
        if (XmlName.of(name).equals(name)) {
          columns.add(name);
        }
      }
    }
    List<Cell> row = columns.stream().map(_ -> Cell.of("1")).toList();
    checkReadBack(List.of(new SomeRows(columns, List.of(row))), "all names");
  }

  private void checkReadBack(List<SomeRows> answers, String what) throws Exception {
    Path python = python();
    for (int i = 0; i < answers.size(); i++) {
      write(answers.get(i), Integer.toString(i));
    }

    JsonNode read = MAPPER.readTree(read(python, answers.size()));

    assertThat(read.size()).as(what).isEqualTo(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      SomeRows some = answers.get(i);
      JsonNode answer = read.get(i);
      assertThat(answer.get("ndjson")).as(what).isEqualTo(answer.get("json"));
      assertThat(nested(answer.get("json"), pair -> pair.get(0).asString()))
          .as(what)
          .isEqualTo(some.rows().stream().map(_ -> some.columns()).toList());
      assertThat(nested(answer.get("csv"), JsonNode::asString)).as(what).isEqualTo(csv(some));
      assertThat(nested(answer.get("xml"), PythonIT::element))
          .as(what)
          .isEqualTo(ReadBack.xml(some));
    }
  }

  private void write(SomeRows some, String name) throws Exception {
    Formats formats = new Formats("orders", some::columns, new SimpleMeterRegistry());
    Row answer = some.answer();
    for (Format format : Format.values()) {
      Files.write(
          folder.resolve(name + "." + format.word()), ReadBack.bytes(formats.body(format, answer)));
    }
  }

  private String read(Path python, int answers) throws Exception {
    URL program = requireNonNull(PythonIT.class.getResource("read_formats.py"));
    Path output = folder.resolve("read");
    Process process =
        new ProcessBuilder(
                python.toString(),
                Path.of(program.toURI()).toString(),
                folder.toString(),
                String.valueOf(answers))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /** Python's reader of CSV makes an empty text of what is nothing between commas. */
  private static List<List<String>> csv(SomeRows some) {
    return ReadBack.csv(some).stream()
        .map(line -> line.stream().map(cell -> cell.orElse("")).toList())
        .toList();
  }

  private static List<String> element(JsonNode pair) {
    return List.of(ReadBack.column(pair.get(0).asString()), pair.get(1).asString());
  }

  private static <T> List<List<T>> nested(JsonNode rows, Function<JsonNode, T> each) {
    return elements(rows).map(row -> elements(row).map(each).toList()).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Path python() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Optional<Path> found =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(each -> Path.of(each, "python3"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "SKIPPED: this test needs python3 on the PATH");
    return found.orElseThrow();
  }
}
