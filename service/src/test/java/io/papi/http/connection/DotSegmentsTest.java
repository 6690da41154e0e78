package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotSegmentsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.",
        "/..",
        "/./test",
        "/customer/../test",
        "/customer/..",
        "/customer/%2e%2e/test",
        "/customer/.%2E/test",
        "/customer/%2e",
        "/customer%2F..%2ftest",
        "/customer%5c..%5Ctest",
        "/customer/..;/test",
        "/customer/..;x=1",
        "/customer/.;x=1/2",
        "/customer/..%3bx",
        "//..",
      })
  void isIn_inEachSpelling(String path) {
    assertThat(DotSegments.isIn(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/customer/1885",
        "/customer/a.b,c..d",
        "/customer/a..",
        "/customer/..a",
        "/customer/..,1",
        "/customer/1,..",
        "/customer/...",
        "/customer/;..",
        "/customer/;x=..",
        "/customer/1%2C2",
        "/customer/%252e%252e",
        "/test/page.js",
        "/customer//1",
      })
  void isIn_dotsInsideOfASegment_areData(String path) {
    assertThat(DotSegments.isIn(path)).isFalse();
  }
}
