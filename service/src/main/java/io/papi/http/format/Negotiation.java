package io.papi.http.format;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which format a request asks for: the parameter {@code format}, else the header {@code Accept}
 * (RFC 9110, section 12.5.1), else JSON.
 */
public final class Negotiation {
  private static final String ANYTHING = "*/*";

  private Negotiation() {}

  /**
   * The format of the answer.
   *
   * @param word the value of the parameter {@code format}; empty means the default, as for others
   * @throws ProblemException 400 for a word that is no format, 406 if nothing that there is is
   *     acceptable
   */
  public static Format of(Optional<String> word, Headers headers) {
    return word.isEmpty() || word.get().isEmpty() ? accepted(headers) : named(word.get());
  }

  private static Format named(String word) {
    for (Format format : Format.values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    throw new ProblemException(
        Problem.badRequest("there is no such format: write format=" + Format.words()));
  }

  private static Format accepted(Headers headers) {
    if (!headers.contains(HeaderNames.ACCEPT)) {
      return Format.JSON;
    }
    Header accept = headers.get(HeaderNames.ACCEPT);
    if (accept.valueCount() == 1 && accept.get().equals(ANYTHING)) {
      return Format.JSON;
    }
    List<MediaRange> ranges = new ArrayList<>();
    for (String line : accept.allValues()) {
      for (String member : Quoted.split(line, ',')) {
        MediaRange.of(member).ifPresent(ranges::add);
      }
    }
    return ranges.isEmpty() ? Format.JSON : best(ranges);
  }

  private static Format best(List<MediaRange> ranges) {
    Optional<Format> best = Optional.empty();
    int bestWeight = 0;
    for (Format format : Format.values()) {
      int weight = weight(format, ranges);
      if (weight > bestWeight) {
        best = Optional.of(format);
        bestWeight = weight;
      }
    }
    return best.orElseThrow(
        () ->
            new ProblemException(
                Problem.of(
                    Status.NOT_ACCEPTABLE_406,
                    "there is "
                        + Format.types()
                        + ": accept one of these, or write format="
                        + Format.words())));
  }

  /** In thousandths. A format's other names count only where they are written out. */
  private static int weight(Format format, List<MediaRange> ranges) {
    int weight = weight(format.mediaType(), MediaRange.ANYTHING, ranges);
    for (String type : format.otherMediaTypes()) {
      weight = Math.max(weight, weight(type, MediaRange.EXACTLY, ranges));
    }
    return weight;
  }

  /** The weight that the most specific range gives to {@code type}. */
  private static int weight(String type, int minSpecificity, List<MediaRange> ranges) {
    int mostSpecific = minSpecificity;
    int weight = 0;
    for (MediaRange range : ranges) {
      int specificity = range.specificity(type);
      if (specificity > mostSpecific) {
        mostSpecific = specificity;
        weight = range.weight();
      } else if (specificity == mostSpecific) {
        weight = Math.max(weight, range.weight());
      }
    }
    return weight;
  }
}
