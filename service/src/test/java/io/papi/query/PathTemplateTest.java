package io.papi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
  private static final PathTemplate CLERK =
      new PathTemplate("/connector/clerk/{clerk}/yearly_sales/{year}");

  @Test
  void match_itsPath_givesTheValuesAsTheyWereSent() {
    assertThat(CLERK.names()).containsExactly("clerk", "year");
    assertThat(CLERK.match("/connector/clerk/00%32/yearly_sales/1;a=b").orElseThrow())
        .containsExactly("00%32", "1;a=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "connector/clerk/1/yearly_sales/1995",
        "/connector/clerk/1/yearly_sales",
        "/connector/clerk/1/yearly_sales/",
        "/connector/clerk/1/yearly_sales/1995/",
        "/connector/clerk/1/yearly_sales/1995/x",
        "/connector/clerk//yearly_sales/1995",
        "/Connector/clerk/1/yearly_sales/1995",
        "/%63onnector/clerk/1/yearly_sales/1995",
        "//connector/clerk/1/yearly_sales/1995",
      })
  void match_anotherPath_isNone(String path) {
    assertThat(CLERK.match(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b, true",
    "/a/b, /a/c, false",
    "/a/{x}, /a/b, true",
    "/a/{x}, /a/{y}, true",
    "/a/{x}/c, /a/b/{y}, true",
    "/a/{x}/c, /a/b/d, false",
    "/a/{x}, /a, false",
  })
  void overlaps_isWhereOnePathMatchesBoth(String one, String other, boolean overlaps) {
    assertThat(new PathTemplate(one).overlaps(new PathTemplate(other))).isEqualTo(overlaps);
    assertThat(new PathTemplate(other).overlaps(new PathTemplate(one))).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/b",
        "/a//b",
        "/a/",
        "/a/./b",
        "/a/../b",
        "/a b",
        "/a%20b",
        "/a/{}",
        "/a/{1}",
        "/a/x{y}",
        "/a/{x}/{x}",
        "/a?b",
        "/ä"
      })
  void new_whatIsNoPath_saysWhy(String text) {
    assertThatThrownBy(() -> new PathTemplate(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
