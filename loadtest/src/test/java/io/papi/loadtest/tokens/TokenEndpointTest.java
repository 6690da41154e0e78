package io.papi.loadtest.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that answer with anything but a token. */
final class TokenEndpointTest {
  private static final Map<String, String> FORM = Map.of("assertion", "s3cret");

  private final HttpServer server;
  private final AtomicInteger loginPages = new AtomicInteger();

  TokenEndpointTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/login",
        exchange -> {
          loginPages.incrementAndGet();
          TokenServer.send(exchange, 200, "text/html", "<html>sign in</html>");
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exchange_redirect_isExplainedAndNotFollowed() {
    server.createContext(
        "/oauth/token",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/login");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    assertNoToken("answered 302 with a page for people");
    assertThat(loginPages).hasValue(0);
  }

  @Test
  void exchange_page_isNoToken() {
    answer(200, "text/html; charset=utf-8", "<html>sign in</html>");

    assertNoToken("answered 200 with a page for people");
  }

  @Test
  void exchange_json_isNoToken() {
    answer(200, "application/json", "{\"token\":\"s3cret\"}");

    assertNoToken("has 18 characters, some of no token");
  }

  @Test
  void exchange_empty_isNoToken() {
    answer(200, "text/plain", "x".repeat(0) + "\n");

    assertNoToken("has 0 characters");
  }

  @Test
  void exchange_failure_isRefusal() {
    answer(500, "text/plain", "s3cret");

    assertNoToken("refused with status 500");
  }

  @Test
  void exchange_nobodyThere_isSaid() {
    URI uri = uri();
    server.stop(0);

    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> new TokenEndpoint(uri).exchange(FORM))
        .withMessageContaining("did not answer");
  }

  private void assertNoToken(String message) {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> new TokenEndpoint(uri()).exchange(FORM))
        .withMessageContaining(message)
        .withMessageNotContaining("s3cret");
  }

  private void answer(int status, String type, String body) {
    server.createContext(
        "/oauth/token",
        exchange -> {
          TokenServer.send(exchange, status, type, body);
          exchange.close();
        });
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
