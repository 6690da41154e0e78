package io.papi.http.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Key;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultedHeadersTest {

  @Test
  void value_namesTheIds_encoded() {
    assertThat(value("7", "-8", "a,b c", "ü\r\n", "a=b", "100%"))
        .isEqualTo("7,-8,a%2Cb%20c,%C3%BC%0D%0A,a%3Db,100%25");
  }

  @Test
  void value_tooLong_isTheirNumber() {
    String[] ids =
        IntStream.range(0, 205).mapToObj(i -> "" + (100_000_000 + i)).toArray(String[]::new);
    assertThat(value(ids)).isEqualTo("count=205");
    assertThat(value(Stream.of(ids).limit(204).toArray(String[]::new))).hasSize(2_039);
  }

  private static String value(String... ids) {
    return DefaultedHeaders.value(Stream.of(ids).map(Key::new).toList());
  }
}
