package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data feed, whose address is a Handlebars template. Two braces escape what they write as HTML,
 * three do not, and {@code urlEncode} is Java's own {@code URLEncoder}.
 */
final class PastedIntoIterable implements Pasted {
  private static final Pattern ENCODED =
      Pattern.compile("\\{\\{#urlEncode}}(.*?)\\{\\{/urlEncode}}");

  @Override
  public Request request(String text, String id, String key) {
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
                        URLEncoder.encode(written(each.group(1), id), StandardCharsets.UTF_8)));
    return new Request(URI.create(address), form.headers());
  }

  private static String written(String template, String id) {
    String escaped =
        id.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace("\"", "&quot;")
            .replace("'", "&#x27;");
    return template.replace("{{{customerId}}}", id).replace("{{customerId}}", escaped);
  }
}
