package io.papi.http.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Key;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the ids of a path: refused, or just those ids that the JDK's own decoder finds. A
 * plain run tries the seeds alone.
 */
class IdParserFuzzTest {
  private static final int MAX_IDS = 100;
  private static final int MAX_LENGTH = 20;

  private final IdParser whole = new IdParser(new KeyType.Whole(MAX_LENGTH), Fold.NONE, MAX_IDS);
  private final IdParser text = new IdParser(new KeyType.Text(MAX_LENGTH), Fold.NONE, MAX_IDS);

  static Stream<Arguments> seeds() {
    return Stream.of(
            "",
            "1885",
            "3,1,2,3%2C1,9",
            "-7,0,-0,007,+1",
            "99999999999999999999,999999999999999999999",
            "1,,2,",
            "%31%38,%zz,1%",
            "%D9%A1,%00,%c0%b1,%ff,\u00e9",
            "a%2Cb,c%20d,%C3%A4,%2541",
            "%F0%9F%98%80,%ED%A0%80",
            "1;x=2,1/2,1%2F2,1%20OR%201=1",
            "1,".repeat(MAX_IDS) + "1")
        .map(raw -> arguments((Object) raw.getBytes(ISO_8859_1)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void parse_anyBytes_isRefusedOrTheIds(byte[] bytes) {
    String raw = new String(bytes, ISO_8859_1);
    Set<Key> numbers = parse(whole, raw);
    if (!numbers.isEmpty()) {
      assertThat(numbers).allMatch(key -> key.text().matches("0|-?[1-9][0-9]{0,19}"));
      assertThat(numbers).containsExactlyElementsOf(split(decode(raw), id -> id));
      assertThat(parse(whole, joined(numbers))).containsExactlyElementsOf(numbers);
    }
    Set<Key> texts = parse(text, raw);
    if (!texts.isEmpty()) {
      assertThat(texts)
          .allMatch(key -> key.text().codePoints().count() <= MAX_LENGTH)
          .noneMatch(key -> key.text().chars().anyMatch(Character::isISOControl));
      assertThat(texts).containsExactlyElementsOf(split(raw, IdParserFuzzTest::decode));
      assertThat(parse(text, joined(texts))).containsExactlyElementsOf(texts);
    }
  }

  /** No keys where they are refused, as they are to be: with a short word, and nothing else. */
  private static Set<Key> parse(IdParser parser, String raw) {
    try {
      Set<Key> keys = parser.parse(raw);
      assertThat(keys).isNotEmpty().hasSizeLessThanOrEqualTo(MAX_IDS);
      return keys;
    } catch (ProblemException e) {
      assertThat(e.problem().status().code()).isEqualTo(400);
      assertThat(e.problem().detail()).hasSizeLessThan(200);
      return Set.of();
    }
  }

  private static String joined(Set<Key> keys) {
    return String.join(
        ",",
        keys.stream()
            .map(key -> URLEncoder.encode(key.text(), UTF_8).replace("+", "%20"))
            .toList());
  }

  private static List<Key> split(String list, UnaryOperator<String> id) {
    return Arrays.stream(list.split(",", -1)).map(id).map(Key::new).distinct().toList();
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
  }
}
