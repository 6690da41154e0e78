package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Property;
import io.papi.testing.SameHash;
import io.papi.testing.Spread;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

  @Test
  void hashCode_idsThatWereMadeToCollide_spread() {
    List<String> ids = SameHash.ids();
    assertThat(ids).hasSizeGreaterThan(40_000).doesNotHaveDuplicates();
    assertThat(ids.stream().map(String::hashCode).distinct()).hasSize(1);
    assertThat(Spread.fullestBucket(ids.stream().map(Key::new).toList()))
        .isLessThan(Spread.MAX_IN_A_BUCKET);
  }

  @Test
  void hashCode_idsInARow_spread() {
    List<Key> keys =
        IntStream.range(0, 60_000).mapToObj(i -> new Key(Integer.toString(i))).toList();
    assertThat(Spread.fullestBucket(keys)).isLessThan(Spread.MAX_IN_A_BUCKET);
  }

  @Test
  void equals_sameText_isTrue() {
    assertThat(new Key("1885")).isEqualTo(new Key("1885")).hasSameHashCodeAs(new Key("1885"));
    assertThat(new Key("1885")).isNotEqualTo(new Key("1886")).isNotEqualTo("1885");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1885",
        "-7",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9999999999",
        "10000000000",
        "99999999999999999999999999999999999999",
        "007",
        "-0",
        "+1",
        "-",
        "1-",
        "--1",
        "",
        " 1",
        "1 ",
        "\u0661",
        "1.0",
        "jane"
      })
  void text_isWhatItWasMadeOf_toTheCharacter(String text) {
    Key key = new Key(text);
    assertThat(key.text()).isEqualTo(text);
    assertThat(key).hasToString(text).isEqualTo(new Key(text)).hasSameHashCodeAs(new Key(text));
  }

  @Test
  void equals_isThatOfTheTexts() {
    Property.check(
        random -> {
          String one = text(random);
          String other = text(random);
          assertThat(new Key(one).equals(new Key(other))).isEqualTo(one.equals(other));
        });
  }

  private static String text(RandomGenerator random) {
    String characters = "-+019";
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(3); left >= 0; left--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void textBytes_areNoneOfANumber_andMoreOfWideCharacters() {
    assertThat(new Key("1885").textBytes()).isZero();
    int narrow = new Key("jane").textBytes();
    assertThat(narrow).isPositive();
    assertThat(new Key("jan\u0131").textBytes()).isEqualTo(narrow + 4);
  }
}
