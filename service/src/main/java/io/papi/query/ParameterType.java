package io.papi.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The values that a parameter takes, and the one spelling that each of them is given. */
public sealed interface ParameterType {

  /** The canonical form of what a request or the configuration says; empty if that is no value. */
  Optional<String> canonical(String text);

  /** What is a value, in words: {@code a whole number from 1 to 9999}. */
  String allowed();

  /** The word that the configuration has for it. */
  String word();

  /** A value of this type, with which a statement can be tried. */
  String sample();

  /**
   * Whole numbers.
   *
   * @param min the least
   * @param max the greatest
   */
  record Whole(long min, long max) implements ParameterType {
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,38}");

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text)
          .filter(FORM.asMatchPredicate())
          .map(BigInteger::new)
          .filter(value -> value.compareTo(BigInteger.valueOf(min)) >= 0)
          .filter(value -> value.compareTo(BigInteger.valueOf(max)) <= 0)
          .map(BigInteger::toString);
    }

    @Override
    public String allowed() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public String word() {
      return "whole";
    }

    @Override
    public String sample() {
      return Long.toString(min);
    }
  }

  /**
   * Numbers with digits after the point, at most 38 digits in all.
   *
   * @param min the least; empty for no bound
   * @param max the greatest; empty for no bound
   */
  record Decimal(Optional<BigDecimal> min, Optional<BigDecimal> max) implements ParameterType {
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,38}(\\.[0-9]{1,38})?");
    private static final int MAX_DIGITS = 38;

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text)
          .filter(FORM.asMatchPredicate())
          .map(Decimal::value)
          .filter(value -> Math.max(value.precision(), value.scale()) <= MAX_DIGITS)
          .filter(value -> min.isEmpty() || value.compareTo(min.get()) >= 0)
          .filter(value -> max.isEmpty() || value.compareTo(max.get()) <= 0)
          .map(BigDecimal::toPlainString);
    }

    private static BigDecimal value(String text) {
      BigDecimal value = new BigDecimal(text).stripTrailingZeros();
      return value.scale() < 0 ? value.setScale(0) : value;
    }

    @Override
    public String allowed() {
      return "a number such as 12.50, of " + MAX_DIGITS + " digits at most" + bounds(min, max);
    }

    @Override
    public String word() {
      return "decimal";
    }

    @Override
    public String sample() {
      return min.or(() -> max).orElse(BigDecimal.ZERO).toPlainString();
    }
  }

  /**
   * Text without control characters, taken as it is.
   *
   * @param pattern what all of it matches; empty for no rule
   * @param length the most characters
   */
  record Text(Optional<Pattern> pattern, int length) implements ParameterType {

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text)
          .filter(value -> value.codePointCount(0, value.length()) <= length)
          .filter(value -> value.chars().noneMatch(Character::isISOControl))
          .filter(value -> pattern.isEmpty() || pattern.get().matcher(value).matches());
    }

    @Override
    public String allowed() {
      return "text of "
          + length
          + " characters at most, none of them a control character"
          + pattern.map(form -> ", that matches " + form.pattern()).orElse("");
    }

    @Override
    public String word() {
      return "text";
    }

    @Override
    public String sample() {
      return "a";
    }
  }

  /**
   * Days, as in {@code 1995-01-31}, of the years 1 to 9999.
   *
   * @param min the first; empty for no bound
   * @param max the last; empty for no bound
   */
  record Date(Optional<LocalDate> min, Optional<LocalDate> max) implements ParameterType {
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text)
          .filter(FORM.asMatchPredicate())
          .flatMap(value -> parsed(() -> LocalDate.parse(value)))
          .filter(value -> value.getYear() >= 1)
          .filter(value -> min.isEmpty() || !value.isBefore(min.get()))
          .filter(value -> max.isEmpty() || !value.isAfter(max.get()))
          .map(LocalDate::toString);
    }

    @Override
    public String allowed() {
      return "a day written YYYY-MM-DD" + bounds(min, max);
    }

    @Override
    public String word() {
      return "date";
    }

    @Override
    public String sample() {
      return min.or(() -> max).orElse(LocalDate.EPOCH).toString();
    }
  }

  /**
   * Moments without an offset, as in {@code 1995-01-31T23:59:59.123}, of the years 1 to 9999.
   *
   * @param min the first; empty for no bound
   * @param max the last; empty for no bound
   */
  record Timestamp(Optional<LocalDateTime> min, Optional<LocalDateTime> max)
      implements ParameterType {
    private static final Pattern FORM =
        Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");

    /** With seconds, and as many digits after them as there are. */
    private static final DateTimeFormatter CANONICAL =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text)
          .filter(FORM.asMatchPredicate())
          .flatMap(value -> parsed(() -> LocalDateTime.parse(value)))
          .filter(value -> value.getYear() >= 1)
          .filter(value -> min.isEmpty() || !value.isBefore(min.get()))
          .filter(value -> max.isEmpty() || !value.isAfter(max.get()))
          .map(CANONICAL::format);
    }

    @Override
    public String allowed() {
      return "a time written YYYY-MM-DDTHH:MM:SS" + bounds(min, max);
    }

    @Override
    public String word() {
      return "timestamp";
    }

    @Override
    public String sample() {
      return CANONICAL.format(min.or(() -> max).orElse(LocalDate.EPOCH.atStartOfDay()));
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements ParameterType {

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text).filter(value -> value.equals("true") || value.equals("false"));
    }

    @Override
    public String allowed() {
      return "true or false";
    }

    @Override
    public String word() {
      return "flag";
    }

    @Override
    public String sample() {
      return "false";
    }
  }

  /**
   * Some texts.
   *
   * @param values at least one
   */
  record OneOf(List<String> values) implements ParameterType {

    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values is empty");
      }
    }

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text).filter(values::contains);
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", values);
    }

    @Override
    public String word() {
      return "one-of";
    }

    @Override
    public String sample() {
      return values.getFirst();
    }
  }

  private static <T> Optional<T> parsed(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String bounds(Optional<?> min, Optional<?> max) {
    return min.map(least -> ", from " + least).orElse("")
        + max.map(most -> (min.isEmpty() ? ", up to " : " to ") + most).orElse("");
  }
}
