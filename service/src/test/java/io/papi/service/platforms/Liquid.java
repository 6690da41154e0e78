package io.papi.service.platforms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of Liquid as a request is made with: {@code assign}, {@code capture}, output, and three
 * filters.
 */
final class Liquid {
  private static final Pattern ASSIGN =
      Pattern.compile("\\{% assign (\\w+) = (.*?) %}", Pattern.DOTALL);
  private static final Pattern CAPTURE =
      Pattern.compile("\\{% capture (\\w+) %}(.*?)\\{% endcapture %}", Pattern.DOTALL);
  private static final Pattern OUTPUT = Pattern.compile("\\{\\{(.*?)}}");
  private static final Pattern REPLACE =
      Pattern.compile("replace: (['\"])(.*?)\\1, (['\"])(.*?)\\3");

  private final Map<String, String> values = new HashMap<>();

  /** The names by which a template knows values; Braze's own are in braces with a dollar. */
  Liquid with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Takes what a template assigns and captures. */
  Liquid assign(String template) {
    ASSIGN.matcher(template).results().forEach(each -> with(each.group(1), value(each.group(2))));
    CAPTURE.matcher(template).results().forEach(each -> with(each.group(1), fill(each.group(2))));
    return this;
  }

  /** A text with its outputs filled in. */
  String fill(String text) {
    return OUTPUT.matcher(text).replaceAll(each -> Matcher.quoteReplacement(value(each.group(1))));
  }

  private String value(String expression) {
    String[] parts = expression.strip().split(" \\| ", -1);
    String value = values.get(parts[0].strip());
    if (value == null) {
      throw new AssertionError("no value is called " + parts[0]);
    }
    for (int i = 1; i < parts.length; i++) {
      value = filtered(value, parts[i].strip());
    }
    return value;
  }

  /** Ruby's {@code CGI.escape} is what encodes: a blank becomes a plus. */
  private static String filtered(String value, String filter) {
    Matcher replace = REPLACE.matcher(filter);
    if (replace.matches()) {
      return value.replace(replace.group(2), replace.group(4));
    }
    if (filter.equals("url_encode")) {
      return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("*", "%2A");
    }
    if (filter.equals("json_escape")) {
      String literal = JsonMapper.shared().writeValueAsString(value);
      return literal.substring(1, literal.length() - 1);
    }
    throw new AssertionError("no filter is called " + filter);
  }
}
