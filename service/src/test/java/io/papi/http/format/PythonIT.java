package io.papi.http.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.http.format.SomeRows.Cell;
import io.papi.lookup.Row;
import io.papi.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    for (int i = 0; i < answers.size(); i++) {
      write(answers.get(i), Integer.toString(i));
    }

    JsonNode read = MAPPER.readTree(read(answers.size()));

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

  private String read(int answers) throws Exception {
    Programs.Ended ended =
        Programs.python(
            PythonIT.class, "read_formats.py", folder, folder.toString(), String.valueOf(answers));
    assertThat(ended.status()).as(ended.printed()).isZero();
    return ended.printed();
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
}
