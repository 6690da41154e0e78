package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

/**
 * Linked content, which can only GET: an address with Liquid in it, and a message that looks at the
 * status.
 */
final class PastedIntoCleverTap implements Pasted {
  @Override
  public Request request(String text, Recipient recipient, String key) {
    Form form = Form.read(text);
    assertThat(form.fields()).containsOnlyKeys("URL", "Method").containsEntry("Method", "GET");
    assertThat(form.message()).startsWith("{% if Linked.papi.http_status_code == 200 %}");
    String address =
        new Liquid()
            .with("Profile.Identity", recipient.id())
            .with("Profile.Email", recipient.email())
            .with("Profile.tea_room", recipient.room())
            .fill(form.field("URL"));
    return new Request(URI.create(address), form.headers());
  }
}
