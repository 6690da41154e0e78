package io.papi.http.dataset.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.papi.http.exchange.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies of any bytes: what is read is what another reader of JSON finds in them, and all else is
 * refused. A plain run tries the seeds alone.
 */
class BodyParserFuzzTest {
  private static final int MAX_IDS = 100;

  private final BodyParser parser = new BodyParser(MAX_IDS);

  static Stream<Arguments> seeds() {
    return Stream.of(
            "",
            "{\"ids\":[1,\"2\"]}",
            "{\"ids\":[1],\"fields\":[\"A\"],\"shape\":\"map\",\"missing\":\"omit\"}",
            "{\"ids\":[\"\\ud83d\\ude00\",\"\\ud800\"]}",
            "{\"ids\":[[[{}]]]}",
            "{\"ids\":[1]}{\"ids\":[2]}",
            "{\"ids\":[1],\"ids\":[2]}",
            "{\"ids\":[-0,1e5,0.1,00]}",
            "\ufeff{\"ids\":[1]}",
            "{\"ids\":[" + "1,".repeat(MAX_IDS) + "1]}")
        .map(body -> arguments((Object) body.getBytes(UTF_8)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void parse_anyBytes_isRefusedOrWhatTheyAskFor(byte[] body) {
    AskedIds asked;
    try {
      asked = parser.parse(body);
    } catch (ProblemException e) {
      assertThat(e.problem().status().code()).isEqualTo(400);
      assertThat(e.problem().detail()).hasSizeLessThan(200);
      return;
    }
    assertThat(asked.ids()).hasSizeLessThanOrEqualTo(MAX_IDS);
    JsonNode tree = JsonMapper.shared().readTree(body);
    List<String> ids = tree.path("ids").valueStream().map(JsonNode::asString).toList();
    assertThat(asked.ids().stream().map(id -> id.equals("-0") ? "0" : id).toList()).isEqualTo(ids);
    assertThat(asked.ids()).allMatch(id -> new String(id.getBytes(UTF_8), UTF_8).equals(id));
  }
}
