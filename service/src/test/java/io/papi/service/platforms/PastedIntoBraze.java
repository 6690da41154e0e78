package io.papi.service.platforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Liquid with a {@code connected_content} tag: an address, then options, with blanks between them
 * and none within. An answer to GET is kept for five minutes to four hours; one to POST is not,
 * unless the text says so, which it must not, as nobody says that bodies are told apart. A
 * credential has a name, under which Braze keeps both of its parts.
 */
final class PastedIntoBraze implements Pasted {
  private static final Pattern TAG = Pattern.compile("\\{% connected_content (.*?) %}");

  @Override
  public Request request(String text, Recipient recipient, String key) {
    Liquid liquid = new Liquid();
    attribute(liquid, "${user_id}", recipient.id());
    attribute(liquid, "${email_address}", recipient.email());
    attribute(liquid, "custom_attribute.${tea_room}", recipient.room());
    liquid.assign(text);
    Matcher tag = TAG.matcher(text);
    assertThat(tag.find()).as(text).isTrue();
    List<String> words = List.of(tag.group(1).split(" ", -1));
    Map<String, String> options = options(words.subList(1, words.size()));
    assertThat(options).containsEntry(":save", "papi").containsKey(":retry");
    List<String> headers = new ArrayList<>(List.of("Accept", "*/*"));
    if (options.containsKey(":basic_auth")) {
      assertThat(options).containsEntry(":basic_auth", "papi");
      headers.addAll(List.of("Authorization", basic("web:" + key)));
    }
    URI address = URI.create(liquid.fill(words.getFirst()));
    if (!options.containsKey(":method")) {
      assertThat(Integer.parseInt(Objects.requireNonNull(options.get(":cache_max_age"))))
          .isBetween(300, 14_400);
      headers.addAll(List.of("Content-Type", "application/json"));
      return new Request(address, headers);
    }
    assertThat(options).containsEntry(":method", "post").doesNotContainKey(":cache_max_age");
    headers.addAll(
        List.of(
            "Content-Type",
            options.getOrDefault(":content_type", "application/x-www-form-urlencoded")));
    String body = liquid.fill(Objects.requireNonNull(options.get(":body")));
    return new Request(address, headers, Optional.of(body));
  }

  /** It is written in one way in an output, and in another one in an assignment. */
  private static void attribute(Liquid liquid, String name, String value) {
    liquid.with(name, value).with("{{" + name + "}}", value);
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String name = words.get(i);
      switch (name) {
        case ":retry" -> options.put(name, "");
        case ":basic_auth", ":body", ":cache_max_age", ":content_type", ":method", ":save" ->
            options.put(name, words.get(++i));
        case String other -> throw new AssertionError("no option is called " + other);
      }
    }
    return options;
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }
}
