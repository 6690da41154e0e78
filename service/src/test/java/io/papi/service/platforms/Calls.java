package io.papi.service.platforms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls for one message: counted and timed, each within the platform's time limit. */
final class Calls implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Duration limit;
  private final String[] headers;
  private int count;
  private Duration slowest = Duration.ZERO;

  Calls(Duration limit, String... headers) {
    this.limit = limit;
    this.headers = headers;
  }

  /** Calls once; empty if there was no answer in time. */
  Optional<HttpResponse<String>> get(URI address) {
    return send(HttpRequest.newBuilder(address).GET());
  }

  /** Posts once; empty if there was no answer in time. */
  Optional<HttpResponse<String>> post(URI address, String body) {
    return send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)));
  }

  private Optional<HttpResponse<String>> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(limit).headers(headers).build();
    count++;
    long began = System.nanoTime();
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (HttpTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
  }

  /** "Hello" and the first name of a top-level object, as a template renders it. */
  static String hello(String body) {
    JsonNode name = MAPPER.readTree(body).path("C_FIRST_NAME");
    return name.isString() ? "Hello " + name.asString() : "Hello ";
  }

  Message sent(String text) {
    return new Message(true, text, count, slowest);
  }

  Message notSent() {
    return new Message(false, "", count, slowest);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
