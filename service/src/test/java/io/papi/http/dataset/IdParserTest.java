package io.papi.http.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Key;
import io.papi.testing.Property;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdParserTest {
  private final IdParser whole = new IdParser(new KeyType.Whole(38), Fold.NONE, 100);
  private final IdParser text = new IdParser(new KeyType.Text(20), Fold.NONE, 100);

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "7", "-7", "1885", "99999999999999999999999999999999999999", "%31%38"})
  void parse_oneWholeNumber_returnsIt(String raw) {
    assertThat(whole.parse(raw)).hasSize(1);
  }

  @Test
  void parse_several_keepsTheOrderAndEachOnce() {
    assertThat(whole.parse("3,1,2,3%2C1,9"))
        .extracting(Key::text)
        .containsExactly("3", "1", "2", "9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "007|leading zero: write 7",
        "-007|leading zero: write -7",
        "00|leading zero: write 0",
        "-0|has a sign: write 0",
        "+1|not a whole number",
        "-|not a whole number",
        "a|not a whole number",
        "1.5|not a whole number",
        "1e3|not a whole number",
        "%20|not a whole number",
        "1%20|not a whole number",
        "1%20OR%201=1|not a whole number",
        "1;x=2|not a whole number",
        "1/2|not a whole number",
        "1%2F2|not a whole number",
        "%00|not a whole number",
        "%D9%A1|not a whole number",
        "1%00|not a whole number",
        "999999999999999999999999999999999999999|more digits than 38",
        "%zz|without two hexadecimal digits",
        "1%|without two hexadecimal digits",
        "1%4|without two hexadecimal digits",
        "%ff|not UTF-8",
        "1,,2|id 2 is empty",
        ",1|id 1 is empty",
        "1,|id 2 is empty",
        "1,x|id 2 (x)",
      })
  void parse_badWholeNumber_saysWhichAndWhy(String raw, String reason) {
    assertThatThrownBy(() -> whole.parse(raw))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void parse_nothing_saysSo() {
    assertThatThrownBy(() -> whole.parse("")).hasMessageContaining("id 1 is empty");
  }

  @Test
  void parse_moreThanTheLimit_namesTheLimit() {
    String ids =
        IntStream.rangeClosed(1, 101).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThatThrownBy(() -> whole.parse(ids)).hasMessageContaining("more than 100 ids");
    assertThat(whole.parse(ids.substring(0, ids.lastIndexOf(',')))).hasSize(100);
  }

  @Test
  void parse_repeatedIds_countTowardsTheLimit() {
    assertThatThrownBy(() -> whole.parse("1" + ",1".repeat(100)))
        .hasMessageContaining("more than 100 ids");
  }

  @Test
  void parse_text_takesAnEscapedCommaAsData() {
    assertThat(text.parse("a%2Cb,c%20d,%C3%A4"))
        .containsExactly(new Key("a,b"), new Key("c d"), new Key("ä"));
  }

  @Test
  void parse_text_isDecodedOnceAndNeverFolded() {
    assertThat(text.parse("%2541,A%20,a%20"))
        .containsExactly(new Key("%41"), new Key("A "), new Key("a "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%0Ab", "%7F", "aaaaaaaaaaaaaaaaaaaaa", "%ff", "ä"})
  void parse_badText_isRefused(String raw) {
    assertThatThrownBy(() -> text.parse(raw)).isInstanceOf(ProblemException.class);
  }

  @Test
  void parse_wholeNumbersAsPrinted_returnsThem() {
    Property.check(
        random -> {
          List<String> ids =
              Stream.generate(() -> new BigInteger(random.nextInt(120), Random.from(random)))
                  .map(number -> (random.nextBoolean() ? number : number.negate()).toString())
                  .limit(random.nextInt(1, 101))
                  .toList();
          assertThat(whole.parse(String.join(",", ids)))
              .extracting(Key::text)
              .containsExactlyElementsOf(new LinkedHashSet<>(ids));
        });
  }

  @Test
  void parse_anything_givesKeysInTheirOneSpellingOrAProblem() {
    Property.check(
        random -> {
          try {
            Set<Key> keys = whole.parse(Property.text(random, 60));
            assertThat(keys)
                .isNotEmpty()
                .allMatch(key -> key.text().matches("0|-?[1-9][0-9]{0,37}"));
          } catch (ProblemException e) {
            assertThat(e.problem().status().code()).isEqualTo(400);
          }
        });
  }

  @Test
  void parse_encodedText_returnsIt() {
    Property.check(
        random -> {
          String id = Property.text(random, 19) + "x";
          String raw = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
          String sent = URLDecoder.decode(raw, StandardCharsets.UTF_8);
          if (sent.equals(id) && id.chars().noneMatch(Character::isISOControl)) {
            assertThat(text.parse(raw)).containsExactly(new Key(id));
          }
        });
  }
}
