package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Small JSON documents, made anew for each answer. Rows are not written here. */
public final class Json {
  /** The type of all JSON that is not a problem. */
  public static final Header CONTENT_TYPE =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  /** For answers about this very moment. */
  public static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /**
   * The bytes of one document.
   *
   * @param content writes it, from its first token to its last
   */
  public static byte[] bytes(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }

  /** Answers {@code request} with an object that must not be stored. */
  public static void sendObject(
      ServerRequest request,
      ServerResponse response,
      Status status,
      Consumer<JsonGenerator> properties) {
    byte[] body =
        bytes(
            json -> {
              json.writeStartObject();
              properties.accept(json);
              json.writeEndObject();
            });
    response.status(status).header(CONTENT_TYPE).header(NO_STORE);
    Body.send(request, response, Body.of(body));
  }
}
