package io.papi.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Key;
import io.papi.testing.Property;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void key_isReadable() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("start", "1995-01-01");
    values.put("name", "a b&c=d");
    assertThat(new Arguments(values).key()).isEqualTo(new Key("start=1995-01-01&name=a+b%26c%3Dd"));
  }

  @Test
  void of_keyOfNothing_hasNothing() {
    Arguments none = new Arguments(Map.of());
    assertThat(none.key()).isEqualTo(new Key(""));
    assertThat(Arguments.of(none.key()).value("a")).isEmpty();
  }

  @Test
  void of_anyKey_hasItsValuesAgain() {
    Property.check(
        random -> {
          Map<String, String> values = new LinkedHashMap<>();
          int count = random.nextInt(4);
          for (int i = 0; i < count; i++) {
            int[] characters =
                random.ints(random.nextInt(9), 0, 0x3000).filter(c -> c < 0xD800).toArray();
            values.put("p" + i, new String(characters, 0, characters.length));
          }
          Key key = new Arguments(values).key();
          Arguments again = Arguments.of(key);
          values.forEach((name, value) -> assertThat(again.value(name)).contains(value));
          assertThat(again.key()).isEqualTo(key);
        });
  }
}
