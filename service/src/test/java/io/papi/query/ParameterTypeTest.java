package io.papi.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {
  private static final Map<String, ParameterType> TYPES =
      Map.of(
          "year", new ParameterType.Whole(-1, 9999),
          "long", new ParameterType.Whole(Long.MIN_VALUE, Long.MAX_VALUE),
          "number", new ParameterType.Decimal(Optional.empty(), Optional.empty()),
          "share",
              new ParameterType.Decimal(Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.ONE)),
          "text", new ParameterType.Text(Optional.empty(), 5),
          "clerk", new ParameterType.Text(Optional.of(Pattern.compile("[0-9]{1,9}")), 100),
          "day", new ParameterType.Date(Optional.of(LocalDate.of(1992, 1, 1)), Optional.empty()),
          "time",
              new ParameterType.Timestamp(
                  Optional.empty(), Optional.of(LocalDateTime.of(2000, 1, 1, 0, 0))),
          "flag", new ParameterType.Flag(),
          "one", new ParameterType.OneOf(List.of("north", "South")));

  @ParameterizedTest
  @CsvSource({
    "year, 1995, 1995",
    "year, 0007, 7",
    "year, -1, -1",
    "year, -0, 0",
    "year, 9999, 9999",
    "long, 9223372036854775807, 9223372036854775807",
    "long, -9223372036854775808, -9223372036854775808",
    "number, 12.50, 12.5",
    "number, -0.0, 0",
    "number, 1000, 1000",
    "number, 00.10, 0.1",
    "number, 12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "share, 1.000, 1",
    "text, ab'--, ab'--",
    "text, \uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00,"
        + " \uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00",
    "clerk, 000000002, 000000002",
    "day, 1995-02-28, 1995-02-28",
    "day, 1996-02-29, 1996-02-29",
    "day, 9999-12-31, 9999-12-31",
    "time, 1995-01-31T23:59, 1995-01-31T23:59:00",
    "time, 1995-01-31T23:59:59.120, 1995-01-31T23:59:59.12",
    "time, 2000-01-01T00:00:00, 2000-01-01T00:00:00",
    "flag, true, true",
    "one, South, South",
  })
  void canonical_value_hasOneSpelling(String type, String text, String canonical) {
    assertThat(type(type).canonical(text)).contains(canonical);
    assertThat(type(type).canonical(canonical)).contains(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "year, 19x5",
    "year, 10000",
    "year, -2",
    "year, +5",
    "year, 1e3",
    "year, ' 5'",
    "year, \u0661",
    "long, 9223372036854775808",
    "number, 1.",
    "number, .5",
    "number, 1e5",
    "number, 123456789012345678901234567890123456789",
    "number, 0.00000000000000000000000000000000000000001",
    "number, NaN",
    "share, 1.01",
    "share, -0.01",
    "text, abcdef",
    "text, 'a\tb'",
    "clerk, 1;--",
    "clerk, 0000000001",
    "day, yesterday",
    "day, 1995-02-30",
    "day, 1995-2-3",
    "day, 1995-02-03T00:00:00",
    "day, 1991-12-31",
    "day, 0000-01-01",
    "day, +10000-01-01",
    "time, 1995-01-31",
    "time, 1995-01-31 00:00:00",
    "time, 1995-01-31T24:00:00",
    "time, 1995-01-31T00:00:00Z",
    "time, 2000-01-01T00:00:00.000000001",
    "flag, TRUE",
    "flag, 1",
    "one, south",
    "one, west",
  })
  void canonical_whatIsNoValue_isRefused(String type, String text) {
    assertThat(type(type).canonical(text)).isEmpty();
  }

  private static ParameterType type(String name) {
    return requireNonNull(TYPES.get(name), name);
  }

  @Test
  void allowed_saysTheBounds() {
    assertThat(TYPES.values())
        .extracting(ParameterType::allowed)
        .containsExactlyInAnyOrder(
            "a whole number from -1 to 9999",
            "a whole number from -9223372036854775808 to 9223372036854775807",
            "a number such as 12.50, of 38 digits at most",
            "a number such as 12.50, of 38 digits at most, from 0 to 1",
            "text of 5 characters at most, none of them a control character",
            "text of 100 characters at most, none of them a control character, that matches"
                + " [0-9]{1,9}",
            "a day written YYYY-MM-DD, from 1992-01-01",
            "a time written YYYY-MM-DDTHH:MM:SS, up to 2000-01-01T00:00",
            "true or false",
            "one of north, South");
  }

  @Test
  void sample_isOfTheType() {
    TYPES.forEach(
        (name, type) -> {
          if (!name.equals("clerk")) {
            assertThat(type.canonical(type.sample())).as(name).isPresent();
          }
        });
  }
}
