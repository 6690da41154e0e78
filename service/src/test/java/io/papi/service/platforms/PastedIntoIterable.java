package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data feed, which can only GET, and whose address is a Handlebars template. Two braces escape
 * what they write as HTML, three do not, and {@code urlEncode} is Java's own {@code URLEncoder}.
 */
final class PastedIntoIterable implements Pasted {
  private static final Pattern ENCODED =
      Pattern.compile("\\{\\{#urlEncode}}(.*?)\\{\\{/urlEncode}}");

  @Override
  public Request request(String text, Recipient recipient, String key) {
    Form form = Form.read(text);
    assertThat(form.fields()).containsOnlyKeys("URL", "Type", "Alias");
    assertThat(form.field("Type")).isIn("JSON", "XML");
    assertThat(form.message()).contains("{{");
    String address =
        ENCODED
            .matcher(form.field("URL"))
            .replaceAll(
                each ->
                    Matcher.quoteReplacement(
                        URLEncoder.encode(
                            written(each.group(1), recipient), StandardCharsets.UTF_8)));
    return new Request(URI.create(address), form.headers());
  }

  private static String written(String template, Recipient recipient) {
    return written(
        written(written(template, "customerId", recipient.id()), "email", recipient.email()),
        "tea_room",
        recipient.room());
  }

  private static String written(String template, String name, String value) {
    String escaped =
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace("\"", "&quot;")
            .replace("'", "&#x27;");
    return template.equals("{{{" + name + "}}}")
        ? value
        : template.equals("{{" + name + "}}") ? escaped : template;
  }
}
