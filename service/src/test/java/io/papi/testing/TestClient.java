package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A caller of a service on this machine, who keeps its connections until it is closed. Thread-safe.
 */
public final class TestClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final int adminPort;

  /** Made once the service has given its description. */
  private final AtomicReference<DescriptionCheck> described = new AtomicReference<>();

  private volatile boolean isUnchecked;

  public TestClient(int port, int adminPort) {
    this.port = port;
    this.adminPort = adminPort;
  }

  /** Asks for no description from now on: the service counts that, too. */
  public void uncheck() {
    isUnchecked = true;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /**
   * Sends a request to the callers' port, whose answer must have no status, header or media type
   * that the service does not describe.
   */
  public HttpResponse<String> send(String method, String path, String... headers) {
    return checked(method, path, send(method, port, path, headers), headers);
  }

  /** Posts {@code body}; the answer is compared with the description, too. */
  public HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(port, path, headers).POST(BodyPublishers.ofString(body));
    return checked("POST", path, send(request), headers);
  }

  /** Posts JSON. */
  public HttpResponse<String> postJson(String path, String json, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return post(path, json, all);
  }

  private HttpResponse<String> checked(
      String method, String path, HttpResponse<String> answer, String... headers) {
    described(headers)
        .map(check -> check.faults(method, path, answer))
        .filter(faults -> !faults.isEmpty())
        .ifPresent(
            faults -> {
              throw new AssertionError(method + " " + path + " is not as described: " + faults);
            });
    return answer;
  }

  /**
   * Empty while the service turns everybody away, or is about to end; and for those who need a key,
   * since what they ask is counted.
   */
  private Optional<DescriptionCheck> described(String... headers) {
    if (described.get() == null && headers.length == 0 && !isUnchecked) {
      try {
        HttpResponse<String> description = send("GET", port, "/openapi.json");
        if (description.statusCode() == 200) {
          described.compareAndSet(null, new DescriptionCheck(description.body()));
        }
      } catch (UncheckedIOException e) {
        // it has answered once, and will be asked again after the next answer
      }
    }
    return Optional.ofNullable(described.get());
  }

  public HttpResponse<String> admin(String path) {
    return send("GET", adminPort, path);
  }

  public HttpResponse<String> admin(String method, String path) {
    return send(method, adminPort, path);
  }

  /** A connection to the callers' port. */
  public RawConnection connect() {
    return new RawConnection(port, 0);
  }

  /** A connection to the callers' port that takes in little at a time. */
  public RawConnection connectNarrow() {
    return new RawConnection(port, 2_048);
  }

  /** A connection to the operators' port. */
  public RawConnection connectToAdmin() {
    return new RawConnection(adminPort, 0);
  }

  /** The sum of all series of a meter, as the metrics page shows it; 0 if there is none. */
  public double metric(String name, String... labels) {
    return admin("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(
            line -> {
              for (String label : labels) {
                if (!line.contains(label)) {
                  return false;
                }
              }
              return true;
            })
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits until the service has connected to its Redis. */
  public void awaitRedis() {
    Await.until("Redis is used", () -> metric("papi_breaker_state", "name=\"redis\"") == 0);
  }

  /** Statements that the store has been sent. */
  public int statements() {
    return (int) metric("papi_store_query_seconds_count");
  }

  /** Sends bytes as they are, and reads until the service closes the connection or falls silent. */
  public String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its requests and connections; those of {@link #connect} are closed by their owner. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpResponse<String> send(String method, int to, String path, String... headers) {
    return send(request(to, path, headers).method(method, BodyPublishers.noBody()));
  }

  private static HttpRequest.Builder request(int to, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path)).timeout(PATIENCE);
    return headers.length > 0 ? request.headers(headers) : request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
