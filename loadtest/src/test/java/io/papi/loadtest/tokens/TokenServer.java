package io.papi.loadtest.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The token endpoint of an account with one user, on this machine. It verifies all that it gets by
 * the JDK alone, refuses with 400, and gives tokens {@code token-1}, {@code token-2} and so on.
 */
final class TokenServer implements AutoCloseable {
  static final String ISSUER_USER = "MYORG-MYACCOUNT.SVC_DATA_API";
  static final String HOST = "abc-myorg-myaccount.snowflakecomputing.app";
  static final String PAT = "pat.secret";

  private static final JsonMapper JSON = new JsonMapper();
  private static final long HOUR = 3_600;

  private final RSAPublicKey key;
  private final InstantSource clock;
  private final HttpServer server;
  private final AtomicInteger given = new AtomicInteger();
  private final List<String> refusals = new ArrayList<>();

  /**
   * @param key the public key that the user has registered
   */
  TokenServer(RSAPublicKey key, InstantSource clock) throws IOException {
    this.key = key;
    this.clock = clock;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  int tokensGiven() {
    return given.get();
  }

  /** Why it refused, in its own words. */
  List<String> refusals() {
    return refusals;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String refusal = refusal(exchange, body);
      if (refusal.isEmpty()) {
        send(exchange, 200, "text/plain", "token-" + given.incrementAndGet() + "\n");
      } else {
        refusals.add(refusal);
        send(exchange, 400, "application/json", "{\"message\":\"" + body + "\"}");
      }
    }
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String refusal(HttpExchange exchange, String body) {
    if (!exchange.getRequestMethod().equals("POST")
        || !exchange.getRequestURI().toString().equals("/oauth/token")) {
      return "path";
    }
    if (!"application/x-www-form-urlencoded"
        .equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      return "content type";
    }
    Map<String, String> form = form(body);
    return switch (form.remove("grant_type")) {
      case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> keyPairRefusal(form);
      case "urn:ietf:params:oauth:grant-type:token-exchange" -> patRefusal(form);
      case null, default -> "grant_type";
    };
  }

  private String keyPairRefusal(Map<String, String> form) {
    String assertion = form.remove("assertion");
    String scope = form.remove("scope");
    if (!("session:role:DATA_API_CALLER " + HOST).equals(scope)) {
      return "scope";
    }
    if (assertion == null || !form.isEmpty()) {
      return "fields";
    }
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      return "not a JWT";
    }
    if (!decoded(parts[0]).path("alg").asString("").equals("RS256")) {
      return "alg";
    }
    if (!isSigned(parts)) {
      return "signature";
    }
    return claimsRefusal(decoded(parts[1]));
  }

  private String claimsRefusal(JsonNode claims) {
    if (!claims.path("sub").asString("").equals(ISSUER_USER)) {
      return "sub";
    }
    if (!claims.path("iss").asString("").equals(ISSUER_USER + "." + Keys.fingerprint(key))) {
      return "iss";
    }
    long now = clock.instant().getEpochSecond();
    long issued = claims.path("iat").asLong(Long.MAX_VALUE);
    long expires = claims.path("exp").asLong(0);
    if (issued > now || expires <= now || expires - issued >= HOUR) {
      return "expiry";
    }
    return claims.size() == 4 ? "" : "claims";
  }

  private static String patRefusal(Map<String, String> form) {
    Map<String, String> wanted =
        Map.of(
            "subject_token_type",
            "programmatic_access_token",
            "subject_token",
            PAT,
            "scope",
            "session:scope:DATA_API_CALLER " + HOST);
    return form.equals(wanted) ? "" : "fields";
  }

  private boolean isSigned(String[] parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static JsonNode decoded(String part) {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String field : body.split("&", -1)) {
      String[] pair = field.split("=", 2);
      form.put(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8));
    }
    return form;
  }
}
