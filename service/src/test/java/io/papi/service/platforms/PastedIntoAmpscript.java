package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AMPscript in a message of Salesforce Marketing Cloud. Its own {@code HTTPGet} sends no header, so
 * a text that needs one has a script in its middle, which knows AMPscript's variables.
 */
final class PastedIntoAmpscript implements Pasted {
  private static final Pattern SET = Pattern.compile("SET (@\\w+) = (.*)");

  private final ServerSideScript script;

  PastedIntoAmpscript(ServerSideScript script) {
    this.script = script;
  }

  @Override
  public Request request(String text, String id, String key) {
    Map<String, String> variables = new HashMap<>();
    Matcher set = SET.matcher(text);
    while (set.find() && !variables.containsKey("@url")) {
      variables.put(
          set.group(1),
          set.group(2).equals("AttributeValue(\"_subscriberkey\")")
              ? id
              : Ampscript.value(set.group(2), variables));
    }
    assertThat(text).contains("BuildRowsetFromJson(@answer, \"$[*]\", 1)");
    if (text.contains("HTTPGet(@url, ")) {
      return new Request(URI.create(variables.get("@url")), List.of("Accept", "*/*"));
    }
    return script.request(text, variables, key);
  }
}
