package io.papi.http.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member of {@code Accept}. Parameters of the type are left out: none of the formats has two
 * forms.
 *
 * <p>Two things that RFC 9110 does not have are taken as they are meant, because the HTTP client of
 * Java 8 sends them: {@code *} alone, and a weight without its zero, as in {@code q=.2}.
 *
 * @param type {@code *} or a type, in lower case
 * @param subtype {@code *} or a subtype, in lower case
 * @param weight in thousandths, 0 means "not this"
 */
record MediaRange(String type, String subtype, int weight) {
  // How specific a range is.
  static final int ANYTHING = 1;
  static final int EXACTLY = 3;
  private static final int OF_A_TYPE = 2;

  private static final int MAX_WEIGHT = 1_000;
  private static final String ANY = "*";
  private static final Pattern RANGE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9a-z-]+)/([!#$%&'*+.^_`|~0-9a-z-]+)");
  private static final Pattern WEIGHT = Pattern.compile("0?\\.[0-9]+|0\\.?|1(?:\\.0*)?");

  /** A member as it is written; empty if it is malformed. */
  static Optional<MediaRange> of(String member) {
    List<String> parts = Quoted.split(member, ';');
    String range = parts.getFirst().strip().toLowerCase(Locale.ROOT);
    Matcher matcher = RANGE.matcher(range.equals(ANY) ? "*/*" : range);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String type = matcher.group(1);
    String subtype = matcher.group(2);
    if (type.equals(ANY) && !subtype.equals(ANY)) {
      return Optional.empty();
    }
    for (String part : parts.subList(1, parts.size())) {
      String parameter = part.strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        String weight = parameter.substring(2);
        return WEIGHT.matcher(weight).matches()
            ? Optional.of(new MediaRange(type, subtype, thousandths(weight)))
            : Optional.empty();
      }
    }
    return Optional.of(new MediaRange(type, subtype, MAX_WEIGHT));
  }

  /** How closely it means {@code mediaType}; 0 if it does not. */
  int specificity(String mediaType) {
    int slash = mediaType.indexOf('/');
    if (type.equals(ANY)) {
      return ANYTHING;
    }
    if (type.length() != slash || !mediaType.startsWith(type)) {
      return 0;
    }
    if (subtype.equals(ANY)) {
      return OF_A_TYPE;
    }
    return mediaType.endsWith(subtype) && mediaType.length() == slash + 1 + subtype.length()
        ? EXACTLY
        : 0;
  }

  private static int thousandths(String weight) {
    if (weight.startsWith("1")) {
      return MAX_WEIGHT;
    }
    String digits = weight.substring(weight.indexOf('.') + 1) + "000";
    return Integer.parseInt(digits.substring(0, 3));
  }
}
