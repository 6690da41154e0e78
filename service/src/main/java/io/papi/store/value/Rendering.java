package io.papi.store.value;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How the values of a dataset or a query are written as JSON. Immutable and thread-safe. */
public final class Rendering {
  /** The largest number up to which a binary double, as JavaScript has it, holds all integers. */
  private static final long MAX_EXACT_WHOLE = 1L << 53;

  private static final BigDecimal MAX_EXACT = BigDecimal.valueOf(MAX_EXACT_WHOLE);

  /** This many digits survive the way into a binary double and back, wherever the point is. */
  private static final int EXACT_DIGITS = 15;

  private final boolean largeNumbersAsStrings;
  private final Counter notFinite;
  private final JsonFactory jsonFactory = new JsonFactory();

  /**
   * @param name of the dataset or the query, in metrics
   */
  public Rendering(String name, boolean largeNumbersAsStrings, MeterRegistry meters) {
    this.largeNumbersAsStrings = largeNumbersAsStrings;
    this.notFinite =
        Counter.builder("papi.store.not.finite")
            .description("Values served as null because JSON has no infinity and no NaN")
            .tag("dataset", name)
            .register(meters);
  }

  /** Whether a number is written as a string, because a reader with doubles would change it. */
  boolean isString(BigDecimal value) {
    if (!largeNumbersAsStrings) {
      return false;
    }
    return value.scale() <= 0
        ? value.abs().compareTo(MAX_EXACT) > 0
        : value.precision() > EXACT_DIGITS;
  }

  /** The same for a whole number. */
  boolean isString(long value) {
    return largeNumbersAsStrings && (value > MAX_EXACT_WHOLE || value < -MAX_EXACT_WHOLE);
  }

  void countNotFinite() {
    notFinite.increment();
  }

  /**
   * JSON text without blanks between its parts, its numbers as they are; empty if it is not JSON.
   */
  Optional<String> compactJson(String text) {
    StringWriter compact = new StringWriter(text.length());
    try (JsonParser parser = jsonFactory.createParser(ObjectReadContext.empty(), text);
        JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), compact)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      json.copyCurrentStructureExact(parser);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return Optional.of(compact.toString());
  }
}
