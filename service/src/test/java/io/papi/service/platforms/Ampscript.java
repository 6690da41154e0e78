package io.papi.service.platforms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an expression in AMPscript: a text between quotes, which are doubled within it, a
 * variable, a number, or a function of such. {@code URLEncode} writes a blank as a plus at its
 * worst: the documentation says both.
 */
final class Ampscript {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|(@\\w+)|(\\d+)|(\\w+)\\(|([,)]))");

  private final Matcher tokens;
  private final Map<String, String> variables;

  private Ampscript(String expression, Map<String, String> variables) {
    this.tokens = TOKEN.matcher(expression);
    this.variables = variables;
  }

  static String value(String expression, Map<String, String> variables) {
    return new Ampscript(expression, variables).next();
  }

  private String next() {
    if (!tokens.find()) {
      throw new AssertionError("an expression ends too soon");
    }
    if (tokens.group(1) != null) {
      return tokens.group(1).replace("\"\"", "\"");
    }
    if (tokens.group(2) != null) {
      String value = variables.get(tokens.group(2));
      if (value == null) {
        throw new AssertionError(tokens.group(2) + " is not set");
      }
      return value;
    }
    if (tokens.group(3) != null) {
      return tokens.group(3);
    }
    return called(tokens.group(4));
  }

  private String called(String function) {
    List<String> arguments = new ArrayList<>();
    do {
      arguments.add(next());
      tokens.find();
    } while (",".equals(tokens.group(5)));
    return switch (function) {
      case "Concat" -> String.join("", arguments);
      case "Replace" -> arguments.get(0).replace(arguments.get(1), arguments.get(2));
      case "URLEncode" -> {
        if (!arguments.subList(1, arguments.size()).equals(List.of("1", "1"))) {
          throw new AssertionError("URLEncode leaves some characters as they are");
        }
        yield URLEncoder.encode(arguments.get(0), StandardCharsets.UTF_8);
      }
      case String other -> throw new AssertionError("no function is called " + other);
    };
  }
}
