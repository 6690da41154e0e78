package io.papi.http.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.helidon.http.Status;
import io.papi.http.exchange.ProblemException;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.Query;
import io.papi.testing.Queries;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a parameter in the path and as a query string: refused with 400, or values of the
 * parameters' types, each of which is what the JDK's own decoder finds. A plain run tries the seeds
 * alone.
 */
class ArgumentReaderFuzzTest {
  private static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter(
              "clerk",
              new ParameterType.Text(Optional.of(Pattern.compile("[^<>]*")), 20),
              true,
              Optional.empty()),
          new Parameter("year", new ParameterType.Whole(1, 9999), false, Optional.of("1995")),
          new Parameter(
              "day",
              new ParameterType.Date(Optional.empty(), Optional.empty()),
              false,
              Optional.empty()));

  private static final Query QUERY =
      Queries.of(
          "fuzzed", "/clerk/{clerk}", "SELECT :clerk AS c, :year AS y, :day AS d", PARAMETERS);

  private final ArgumentReader reader = new ArgumentReader(QUERY);

  static Stream<Arguments> seeds() {
    return Stream.of(
            "7?",
            "7?year=1995",
            "%27%20OR%201=1?year=1;--",
            "a?year=1995&day=1995-02-30",
            "a?day=1995-02-28&format=csv&year=",
            "a?day=&day=",
            "a?clerk=b",
            "a?%79ear=7",
            "a?ye%61r=%37&x=%00",
            "%zz?year=%c0%b1",
            "a?=&&year",
            "a?=b",
            "%F0%9F%98%80?format=%",
            "a+b?year=+1")
        .map(raw -> arguments((Object) raw.getBytes(ISO_8859_1)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_areRefusedOrValuesOfTheTypes(byte[] bytes) {
    String raw = new String(bytes, ISO_8859_1);
    int mark = raw.indexOf('?');
    String inPath = mark < 0 ? raw : raw.substring(0, mark);
    String query = mark < 0 ? "" : raw.substring(mark + 1);
    Asked asked;
    try {
      asked = reader.read(List.of("clerk"), List.of(inPath), query);
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(Status.BAD_REQUEST_400);
      return;
    }
    io.papi.query.Arguments values = io.papi.query.Arguments.of(asked.key());
    for (Parameter parameter : PARAMETERS) {
      values
          .value(parameter.name())
          .ifPresent(value -> assertThat(parameter.type().canonical(value)).contains(value));
    }
    assertThat(values.value("clerk")).contains(decode(inPath));
    assertThat(values.value("year")).isPresent();
    assertThat(values.key()).isEqualTo(asked.key());
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
  }
}
