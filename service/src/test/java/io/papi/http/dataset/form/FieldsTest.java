package io.papi.http.dataset.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Row;
import io.papi.testing.Outcomes;
import io.papi.testing.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that are cut out of a row's bytes. */
class FieldsTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Columns ABC = new Columns(List.of("A", "B", "C"));

  @Test
  void of_someFields_areInTheOrderAsked() {
    assertThat(cut("{\"A\":1,\"B\":\"x\",\"C\":null}", ABC, 2, 0)).hasValue("{\"C\":null,\"A\":1}");
  }

  @Test
  void of_nestedValues_areCutWhole() {
    String nested =
        "{\"A\":[\"]\",{\"B\":\"}\\\"\"},[]],\"B\":{\"A\":{},\"C\":[1]},\"C\":\"\\\\\"}";
    assertThat(cut(nested, ABC, 1)).hasValue("{\"B\":{\"A\":{},\"C\":[1]}}");
    assertThat(cut(nested, ABC, 0)).hasValue("{\"A\":[\"]\",{\"B\":\"}\\\"\"},[]]}");
    assertThat(cut(nested, ABC, 2)).hasValue("{\"C\":\"\\\\\"}");
  }

  @Test
  void of_rowInAnotherOrder_findsThemByName() {
    assertThat(cut("{\"C\":3,\"D\":4,\"B\":2,\"A\":1}", ABC, 0, 1, 2))
        .hasValue("{\"A\":1,\"B\":2,\"C\":3}");
  }

  @Test
  void of_rowWithoutAField_isNone_andNeverNull() {
    assertThat(cut("{\"A\":1,\"C\":3}", ABC, 0, 1)).isEmpty();
    assertThat(cut("{}", ABC, 0)).isEmpty();
    assertThat(cut("{\"A\":{\"B\":2}}", ABC, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "null",
        "{\"A\"",
        "{\"A\":",
        "{\"A\":1",
        "{\"A\":\"1",
        "{\"A\":[1",
        "{\"A\":,\"B\":1}",
        "{A:1}",
        "{\"A\":\"\\"
      })
  void of_noRow_isNone(String text) {
    assertThat(cut(text, ABC, 1)).isEmpty();
  }

  @Test
  void of_allFields_isTheRowItself_withItsTag() {
    Row row = Outcomes.row("{\"A\":1,\"B\":2,\"C\":3}");
    Row cut = new Fields(ABC, new int[] {0, 1, 2}).of(row).orElseThrow();
    assertThat(cut.tag()).isEqualTo(row.tag());
  }

  @Test
  void of_quotedName_isFoundAsItIsEscaped() {
    Columns columns = new Columns(List.of("a \"b\" \\ é", "B"));
    assertThat(columns.names().getFirst()).isEqualTo("a \"b\" \\ é");
    assertThat(cut("{\"a \\\"b\\\" \\\\ é\":7,\"B\":1}", columns, 0))
        .hasValue("{\"a \\\"b\\\" \\\\ é\":7}");
  }

  @Test
  void of_anyRowAndFields_isWhatATreeGives() {
    Property.check(
        random -> {
          List<String> names = new ArrayList<>();
          ObjectNode row = MAPPER.createObjectNode();
          int columns = 1 + random.nextInt(8);
          for (int i = 0; i < columns; i++) {
            String name = i + wellFormed(random, 6);
            names.add(name);
            row.set(name, value(random, 3));
          }
          List<Integer> places = new ArrayList<>();
          for (int i = 0; i < columns; i++) {
            places.add(i);
          }
          Collections.shuffle(places, new Random(random.nextLong()));
          int[] wanted =
              places.stream().limit(1 + random.nextInt(columns)).mapToInt(each -> each).toArray();
          Columns known = new Columns(names);
          ObjectNode expected = MAPPER.createObjectNode();
          for (int place : wanted) {
            String name = known.names().get(place);
            expected.set(name, row.get(name));
          }
          assertThat(cut(MAPPER.writeValueAsString(row), known, wanted))
              .hasValue(MAPPER.writeValueAsString(expected));
        });
  }

  @Test
  void of_anyBytes_areCutOrNone() {
    Property.check(
        random -> {
          byte[] bytes = Property.bytes(random, 40);
          if (bytes.length > 5 && random.nextBoolean()) {
            System.arraycopy("{\"A\":".getBytes(UTF_8), 0, bytes, 0, 5);
          }
          new Fields(ABC, new int[] {random.nextInt(3)}).of(Row.loaded(bytes));
        });
  }

  private static JsonNode value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> MAPPER.nullNode();
      case 1 -> MAPPER.getNodeFactory().numberNode(random.nextLong());
      case 2 -> MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
      case 3 -> MAPPER.getNodeFactory().numberNode(random.nextDouble());
      case 4 -> MAPPER.getNodeFactory().stringNode(wellFormed(random, 12));
      case 5 -> {
        ArrayNode array = MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(wellFormed(random, 4), value(random, depth - 1));
        }
        yield object;
      }
    };
  }

  /** Without halves of surrogate pairs, which UTF-8 cannot have. */
  private static String wellFormed(RandomGenerator random, int max) {
    return new String(Property.text(random, max).getBytes(UTF_8), UTF_8);
  }

  private static Optional<String> cut(String row, Columns columns, int... wanted) {
    return new Fields(columns, wanted).of(Row.loaded(row.getBytes(UTF_8))).map(Outcomes::text);
  }
}
