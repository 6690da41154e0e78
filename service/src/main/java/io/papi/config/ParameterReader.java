package io.papi.config;

import static java.util.Objects.requireNonNull;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.query.NamedSql;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the parameters of a query. */
final class ParameterReader {
  /** The section that holds them. */
  static final String PARAMETERS = "parameters";

  /** What no parameter can be called: a request says by it how its answer is written. */
  private static final String FORMAT = "format";

  private static final int MAX_CHARACTERS = 1_000;

  private enum Kind {
    WHOLE,
    DECIMAL,
    TEXT,
    DATE,
    TIMESTAMP,
    FLAG,
    ONE_OF
  }

  private static final Key<Kind> TYPE = Key.of("type", Type.oneOf(Kind.class));
  private static final Key<String> PATTERN = Key.of("pattern", Type.exactText());
  private static final Key<Integer> LENGTH = Key.of("length", Type.whole(1, MAX_CHARACTERS), "100");
  private static final Key<String> MIN = Key.of("min", Type.text());
  private static final Key<String> MAX = Key.of("max", Type.text());
  private static final Key<List<String>> VALUES = Key.of("values", Type.list(Type.exactText()));
  private static final Key<String> DEFAULT = Key.of("default", Type.exactText());
  private static final Key<Boolean> REQUIRED = Key.of("required", Type.flag(), "false");

  /** The parameter without which this one means nothing. */
  static final Key<String> NEEDS = Key.of("needs", Type.text());

  static final Shape SHAPE =
      Shape.of(List.of(TYPE, PATTERN, LENGTH, MIN, MAX, VALUES, DEFAULT, REQUIRED, NEEDS));

  private ParameterReader() {}

  /**
   * The parameters by name.
   *
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static Map<String, Parameter> readAll(Section query) {
    Problems problems = new Problems();
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    query
        .named(PARAMETERS)
        .forEach(
            (name, section) ->
                problems
                    .in(() -> read(query, name, section))
                    .ifPresent(parameter -> parameters.put(name, parameter)));
    problems.refuseIfAny();
    return parameters;
  }

  /** Whether a parameter has a default, be it NULL. */
  static boolean hasDefault(Section query, String name) {
    return section(query, name).isGiven(DEFAULT) || isNull(query, name);
  }

  /** Whether a parameter's default is NULL. */
  static boolean isNull(Section query, String name) {
    return section(query, name).isNull(DEFAULT);
  }

  private static Section section(Section query, String name) {
    return requireNonNull(query.named(PARAMETERS).get(name), "no parameter of this name");
  }

  private static Parameter read(Section query, String name, Section section) {
    if (!name.matches(NamedSql.NAME) || name.equals(FORMAT)) {
      throw query.refusal(
          query.path(PARAMETERS + "." + name)
              + ": a parameter's name is letters, digits and _, no digit first, and not "
              + FORMAT);
    }
    Problems.ofAll(() -> section.check(SHAPE.keys()), () -> type(section));
    ParameterType type = type(section);
    boolean required = section.get(REQUIRED);
    Optional<String> given = section.find(DEFAULT);
    if (required && (given.isPresent() || section.isNull(DEFAULT))) {
      throw section.refusal(REQUIRED, " is true, but there is a default: leave out one of them");
    }
    Optional<String> value = given.flatMap(type::canonical);
    if (given.isPresent() && value.isEmpty()) {
      throw section.refusal(DEFAULT, " is " + given.get() + ", not " + type.allowed());
    }
    return new Parameter(name, type, required, value, section.find(NEEDS));
  }

  private static ParameterType type(Section section) {
    return switch (section.get(TYPE)) {
      case WHOLE -> {
        Bounds<Long> bounds = bounds(section, Long::parseLong, "a whole number");
        yield new ParameterType.Whole(
            bounds.min().orElse(Long.MIN_VALUE), bounds.max().orElse(Long.MAX_VALUE));
      }
      case DECIMAL -> {
        Bounds<BigDecimal> bounds = bounds(section, BigDecimal::new, "a number");
        yield new ParameterType.Decimal(bounds.min(), bounds.max());
      }
      case TEXT -> {
        allow(section, Set.of(PATTERN, LENGTH));
        yield new ParameterType.Text(pattern(section), section.get(LENGTH));
      }
      case DATE -> {
        Bounds<LocalDate> bounds = bounds(section, LocalDate::parse, "a day, YYYY-MM-DD");
        yield new ParameterType.Date(bounds.min(), bounds.max());
      }
      case TIMESTAMP -> {
        Bounds<LocalDateTime> bounds =
            bounds(section, LocalDateTime::parse, "a time, YYYY-MM-DDTHH:MM:SS");
        yield new ParameterType.Timestamp(bounds.min(), bounds.max());
      }
      case FLAG -> {
        allow(section, Set.of());
        yield new ParameterType.Flag();
      }
      case ONE_OF -> {
        allow(section, Set.of(VALUES));
        yield new ParameterType.OneOf(section.get(VALUES));
      }
    };
  }

  /** Of the keys that not every type has, {@code allowed} alone may be there. */
  private static void allow(Section section, Set<Key<?>> allowed) {
    Problems problems = new Problems();
    for (Key<?> key : List.of(PATTERN, LENGTH, MIN, MAX, VALUES)) {
      problems.in(
          () -> {
            if (section.isGiven(key) && !allowed.contains(key)) {
              throw section.refusal(key, " is not for type = " + section.text(TYPE));
            }
          });
    }
    problems.refuseIfAny();
  }

  /** The least and the greatest value, where there are bounds. */
  private record Bounds<T>(Optional<T> min, Optional<T> max) {}

  private static <T extends Comparable<? super T>> Bounds<T> bounds(
      Section section, Function<String, T> parser, String described) {
    allow(section, Set.of(MIN, MAX));
    Optional<T> min = bound(section, MIN, parser, described);
    Optional<T> max = bound(section, MAX, parser, described);
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      throw section.refusal(MIN, " is " + min.get() + ", above max, " + max.get());
    }
    return new Bounds<>(min, max);
  }

  private static <T> Optional<T> bound(
      Section section, Key<String> key, Function<String, T> parser, String described) {
    return section
        .find(key)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (RuntimeException e) {
                throw section.refusal(key, " is " + text + ", not " + described);
              }
            });
  }

  private static Optional<Pattern> pattern(Section section) {
    return section
        .find(PATTERN)
        .map(
            text -> {
              try {
                return Pattern.compile(text);
              } catch (PatternSyntaxException e) {
                throw section.refusal(PATTERN, " is no regular expression: " + e.getDescription());
              }
            });
  }
}
