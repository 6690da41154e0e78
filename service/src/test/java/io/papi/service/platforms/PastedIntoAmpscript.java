package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AMPscript in a message of Salesforce Marketing Cloud. Its own {@code HTTPGet} sends no header, so
 * a text that needs one has a script in its middle, which knows AMPscript's variables.
 */
final class PastedIntoAmpscript implements Pasted {
  private static final Pattern SET = Pattern.compile("SET (@\\w+) = (.*)");

  private static final Pattern ATTRIBUTE = Pattern.compile("AttributeValue\\(\"(\\w+)\"\\)");

  private final ServerSideScript script;

  PastedIntoAmpscript(ServerSideScript script) {
    this.script = script;
  }

  @Override
  public Request request(String text, Recipient recipient, String key) {
    Map<String, String> variables = new HashMap<>();
    Matcher set = SET.matcher(text.split("]%%|SET @answer", 2)[0]);
    while (set.find()) {
      variables.put(set.group(1), value(set.group(2), recipient, variables));
    }
    assertThat(text).contains("BuildRowsetFromJson(@answer, \"$[*]\", 1)");
    if (text.contains("HTTPGet(@url, ")) {
      return new Request(URI.create(variables.get("@url")), List.of("Accept", "*/*"));
    }
    return script.request(text, variables, key);
  }

  private static String value(
      String expression, Recipient recipient, Map<String, String> variables) {
    Matcher attribute = ATTRIBUTE.matcher(expression);
    return attribute.matches()
        ? Objects.requireNonNull(attributes(recipient).get(attribute.group(1)), expression)
        : Ampscript.value(expression, variables);
  }

  /** What Marketing Cloud knows of a subscriber, by its names. */
  static Map<String, String> attributes(Recipient recipient) {
    return Map.of(
        "_subscriberkey", recipient.id(),
        "emailaddr", recipient.email(),
        "tea_room", recipient.room());
  }
}
