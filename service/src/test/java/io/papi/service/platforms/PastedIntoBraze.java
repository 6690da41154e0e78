package io.papi.service.platforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Liquid with a {@code connected_content} tag: an address without blanks, then options. Its answer
 * is kept for five minutes to four hours, and a credential has a name, under which Braze keeps both
 * of its parts.
 */
final class PastedIntoBraze implements Pasted {
  private static final Pattern TAG = Pattern.compile("\\{% connected_content (.*?) %}");

  @Override
  public Request request(String text, String id, String key) {
    Liquid liquid = new Liquid().with("{{${user_id}}}", id).assign(text);
    Matcher tag = TAG.matcher(text);
    assertThat(tag.find()).as(text).isTrue();
    String[] words = liquid.fill(tag.group(1)).split(" ", -1);
    List<String> headers = new ArrayList<>();
    headers.addAll(List.of("Content-Type", "application/json", "Accept", "*/*"));
    boolean isSaved = false;
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case ":retry" -> {}
        case ":cache_max_age" -> assertThat(Integer.parseInt(words[++i])).isBetween(300, 14_400);
        case ":basic_auth" -> {
          assertThat(words[++i]).isEqualTo("papi");
          headers.addAll(List.of("Authorization", basic("web:" + key)));
        }
        case ":save" -> {
          assertThat(words[++i]).isEqualTo("papi");
          isSaved = true;
        }
        case String other -> throw new AssertionError("no option is called " + other);
      }
    }
    assertThat(isSaved).isTrue();
    return new Request(URI.create(words[0]), headers);
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }
}
