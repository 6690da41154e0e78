package io.papi.service.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Property;
import io.papi.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers in every shape, whatever the store is: for random ids, fields and policies they agree
 * with the table, and so with each other. The store has the first 200 TPC-DS customers.
 */
@Timeout(120)
abstract class ShapesContract {
  protected static final int ROWS = 200;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int TRIES = 300;

  private static final List<String> COLUMNS =
      List.of(
          "C_CUSTOMER_SK",
          "C_CUSTOMER_ID",
          "C_BIRTH_DAY",
          "C_FIRST_NAME",
          "C_LOGIN",
          "C_EMAIL_ADDRESS");
  private static final List<String> MAIL = List.of("C_EMAIL_ADDRESS", "C_FIRST_NAME");

  private static final String FILE =
      """
      datasets.customer {
        columns = [C_CUSTOMER_SK, C_CUSTOMER_ID, C_BIRTH_DAY, C_FIRST_NAME, C_LOGIN, C_EMAIL_ADDRESS]
        default-row { C_FIRST_NAME = friend, C_BIRTH_DAY = 1 }
        views { mail = [C_EMAIL_ADDRESS, C_FIRST_NAME] }
      }
      datasets.code {
        table = API.DATA.HYBRID_CUSTOMER
        key = C_CUSTOMER_ID
        key-type = text
        key-length = 16
        columns = [C_CUSTOMER_SK, C_FIRST_NAME, C_EMAIL_ADDRESS]
        default-row { C_FIRST_NAME = "\\"you\\"" }
        views { mail = [C_EMAIL_ADDRESS, C_FIRST_NAME] }
        shape = map
        missing = default
      }
      """;

  /** A caller of the service under test, which has {@link #file} for its configuration. */
  protected abstract TestClient client();

  /** A database with the same rows. */
  protected abstract DataSource database();

  protected static Path file(Path directory) {
    try {
      return Files.writeString(directory.resolve("shapes.conf"), FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void get_anyListShapeFieldsAndPolicy_agreesWithTheTable() {
    CustomerTable table =
        new CustomerTable(
            database(),
            "C_CUSTOMER_SK",
            COLUMNS,
            Map.of("C_FIRST_NAME", "friend", "C_BIRTH_DAY", 1));
    Property.check(
        TRIES,
        random -> {
          List<String> ids = new ArrayList<>();
          for (int i = 1 + random.nextInt(9); i > 0; i--) {
            ids.add(String.valueOf(random.nextInt(-20, ROWS + 40)));
          }
          check(random, "/customer/", ids, table, "array", "omit");
        });
  }

  @Test
  void get_textKeys_agreeWithTheTable() throws SQLException {
    CustomerTable table =
        new CustomerTable(
            database(),
            "C_CUSTOMER_ID",
            List.of("C_CUSTOMER_SK", "C_FIRST_NAME", "C_EMAIL_ADDRESS"),
            Map.of("C_FIRST_NAME", "\"you\""));
    CustomerTable codes =
        new CustomerTable(database(), "C_CUSTOMER_SK", List.of("C_CUSTOMER_ID"), Map.of());
    List<String> known = new ArrayList<>();
    for (int id = 1; id <= 20; id++) {
      known.add(codes.row("" + id).orElseThrow().path("C_CUSTOMER_ID").asString());
    }
    Property.check(
        TRIES,
        random -> {
          List<String> ids = new ArrayList<>();
          for (int i = 1 + random.nextInt(6); i > 0; i--) {
            boolean isKnown = random.nextBoolean();
            String[] unknown = {"nobody", "a,b", "a\"b", "ü", "\\", "100%", "a b", "=&?+"};
            ids.add(
                isKnown
                    ? known.get(random.nextInt(known.size()))
                    : unknown[random.nextInt(unknown.length)]);
          }
          check(random, "/code/", ids, table, "map", "default");
        });
  }

  private void check(
      RandomGenerator random,
      String prefix,
      List<String> ids,
      CustomerTable table,
      String usualShape,
      String usualMissing)
      throws SQLException {
    Map<String, String> query = new LinkedHashMap<>();
    String shape = choose(random, query, "shape", usualShape, "array", "object", "map");
    String missing = choose(random, query, "missing", usualMissing, "omit", "not-found", "default");
    List<String> fields = fields(random, query, table.columns());
    if (random.nextInt(4) == 0) {
      query.put("cb", "" + random.nextInt());
    }
    List<Map.Entry<String, String>> parameters = new ArrayList<>(query.entrySet());
    Collections.shuffle(parameters, new Random(random.nextLong()));
    String path =
        prefix
            + ids.stream().map(ShapesContract::encoded).collect(Collectors.joining(","))
            + (parameters.isEmpty() ? "" : "?")
            + parameters.stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
    HttpResponse<String> answer = client().get(path);

    Map<String, ObjectNode> shown = new LinkedHashMap<>();
    List<String> absent = new ArrayList<>();
    List<String> defaulted = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Optional<ObjectNode> row = table.row(id);
      if (row.isPresent()) {
        shown.put(id, cut(row.get(), fields));
      } else if (missing.equals("default")) {
        shown.put(id, cut(table.defaultRow(id), fields));
        defaulted.add(id);
      } else {
        absent.add(id);
      }
    }
    if (shape.equals("object") && shown.size() + absent.size() > 1) {
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).contains("shape=object takes one id");
    } else if (missing.equals("not-found") && shown.isEmpty()) {
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(MAPPER.readTree(answer.body()).path("missing")).isEqualTo(strings(absent));
    } else {
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).isEqualTo(expected(shape, shown, absent));
      assertThat(header(answer, "Cache-Control"))
          .isEqualTo(
              "private, max-age=" + (absent.isEmpty() && defaulted.isEmpty() ? "180" : "30"));
      assertThat(header(answer, "X-Papi-Defaulted"))
          .isEqualTo(
              defaulted.stream().map(ShapesContract::encoded).collect(Collectors.joining(",")));
      checkAgain(path, answer);
    }
  }

  /** HEAD and a condition see the same answer. */
  private void checkAgain(String path, HttpResponse<String> answer) {
    String tag = header(answer, "ETag");
    HttpResponse<String> head = client().send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "ETag")).as(path).isEqualTo(tag).matches("\"[0-9a-f]{16}\"");
    assertThat(header(head, "Content-Length")).isEqualTo("" + answer.body().getBytes(UTF_8).length);
    assertThat(header(head, "X-Papi-Defaulted")).isEqualTo(header(answer, "X-Papi-Defaulted"));
    assertThat(client().get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  private static String expected(String shape, Map<String, ObjectNode> shown, List<String> absent) {
    JsonNode document =
        switch (shape) {
          case "array" -> MAPPER.createArrayNode().addAll(shown.values());
          case "object" ->
              shown.isEmpty() ? MAPPER.createObjectNode() : shown.values().iterator().next();
          case "map" -> {
            ObjectNode map = MAPPER.createObjectNode();
            ObjectNode found = map.putObject("found");
            shown.forEach(found::set);
            map.set("missing", strings(absent));
            map.putArray("unavailable");
            yield map;
          }
          default -> throw new IllegalArgumentException(shape);
        };
    return MAPPER.writeValueAsString(document);
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ObjectNode cut(ObjectNode row, List<String> fields) {
    ObjectNode cut = MAPPER.createObjectNode();
    fields.forEach(field -> cut.set(field, row.get(field)));
    return cut;
  }

  private static List<String> fields(
      RandomGenerator random, Map<String, String> query, List<String> columns) {
    return switch (random.nextInt(3)) {
      case 0 -> columns;
      case 1 -> {
        query.put("view", "mail");
        yield MAIL;
      }
      default -> {
        List<String> fields = new ArrayList<>(columns);
        Collections.shuffle(fields, new Random(random.nextLong()));
        fields = fields.subList(0, 1 + random.nextInt(fields.size()));
        query.put("fields", String.join(random.nextBoolean() ? "," : "%2C", fields));
        yield fields;
      }
    };
  }

  private static String choose(
      RandomGenerator random,
      Map<String, String> query,
      String name,
      String usual,
      String... choices) {
    int choice = random.nextInt(choices.length + 1);
    if (choice == choices.length) {
      return usual;
    }
    query.put(name, choices[choice]);
    return choices[choice];
  }

  @Test
  void get_questionMarkOrUnknownParameters_isTheGuidesAnswer() {
    HttpResponse<String> plain = client().get("/customer/3,1,999");
    for (String query : List.of("?", "?cb=123", "?%zz=%zz&=&&x", "?shape%=map", "?SHAPE=map")) {
      String head = "GET /customer/3,1,999" + query + " HTTP/1.1\r\nHost: papi\r\n";
      String raw = client().raw(head + "Connection: close\r\n\r\n");
      assertThat(raw).as(query).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + plain.body());
      assertThat(raw).contains("ETag: " + header(plain, "ETag") + "\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape=tree|shape is tree: write array, object or map",
        "shape=map&shape=map|shape is given twice",
        "shape=%zz|shape cannot be decoded",
        "missing=|missing is empty: write omit, not-found or default",
        "fields=C_LOGIN,NOPE|fields has NOPE: write names of columns",
        "fields=C_LOGIN,C_LOGIN|fields has C_LOGIN twice",
        "fields=C_LOGIN&view=mail|view cannot stand beside fields",
        "view=push|view is push: write mail",
        "unavailable=default|unavailable is given without missing=default",
        "shape=object|shape=object takes one id, these are 2"
      })
  void get_wrongParameter_isRefusedBeforeAnythingIsAsked(String query, String detail) {
    double gets = client().metric("cache_gets_total");
    String head = "GET /customer/1,2?" + query + " HTTP/1.1\r\nHost: papi\r\n";
    String raw = client().raw(head + "Connection: close\r\n\r\n");
    assertThat(raw)
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: application/problem+json", "Cache-Control: no-store")
        .contains("\"detail\":\"" + detail);
    assertThat(client().metric("cache_gets_total")).isEqualTo(gets);
  }

  @Test
  void get_defaulted_isCounted_byReason() {
    double before = client().metric("papi_defaulted_total", "dataset=\"customer\"");
    client().get("/customer/1,-31,-32?missing=default");
    assertThat(
            client().metric("papi_defaulted_total", "dataset=\"customer\"", "reason=\"missing\""))
        .isEqualTo(before + 2);
  }

  @Test
  void get_otherShapeOfTheSameRow_hasAnotherTag() {
    List<String> tags = new ArrayList<>();
    for (String query :
        List.of("", "?shape=object", "?shape=map", "?view=mail", "?fields=C_FIRST_NAME")) {
      tags.add(header(client().get("/customer/5" + query), "ETag"));
    }
    assertThat(tags).doesNotHaveDuplicates();
    String all = "?shape=object&fields=" + String.join(",", COLUMNS);
    assertThat(header(client().get("/customer/5" + all), "ETag")).isEqualTo(tags.get(1));
  }

  @Test
  void page_isToldOfThem() {
    JsonNode datasets = MAPPER.readTree(client().get("/test/datasets.json").body());
    JsonNode code = datasets.get(0);
    assertThat(code.path("columns").toString())
        .isEqualTo("[\"C_CUSTOMER_SK\",\"C_FIRST_NAME\",\"C_EMAIL_ADDRESS\"]");
    assertThat(code.path("shape").asString()).isEqualTo("map");
    assertThat(code.path("missing").asString()).isEqualTo("default");
    assertThat(code.path("defaultRow").asBoolean()).isTrue();
    assertThat(code.path("views").toString())
        .isEqualTo("{\"mail\":[\"C_EMAIL_ADDRESS\",\"C_FIRST_NAME\"]}");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
