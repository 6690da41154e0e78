package io.papi.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.dataset.Dataset;
import io.papi.lookup.Lookup;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The two sockets of the service: one for callers, one for operators. Thread-safe. */
public final class HttpServer {
  static final int MAX_REQUEST_LINE_BYTES = 16_384;
  static final int MAX_HEADER_BYTES = 16_384;

  private static final String ADMIN = "admin";
  private static final Duration IN_FLIGHT_GRACE = Duration.ofSeconds(3);

  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  /**
   * Opens both sockets.
   *
   * @param lookups what answers each dataset
   * @param metrics all meters in Prometheus' text format
   */
  public static HttpServer start(
      HttpSettings settings,
      Map<Dataset, Lookup> lookups,
      Health health,
      MeterRegistry meters,
      Supplier<String> metrics,
      Ticker ticker) {
    RequestIds requestIds = new RequestIds();
    ProblemWriter problems = new ProblemWriter(requestIds);
    HttpRouting.Builder callers =
        new CallerRoutes(settings, lookups, health, requestIds, problems, meters, ticker).routing();
    WebServer server =
        WebServer.builder()
            .update(listener -> bind(listener, settings.port(), problems))
            .maxTcpConnections(settings.maxConnections())
            .routing(callers)
            .putSocket(
                ADMIN,
                ListenerConfig.builder()
                    .update(listener -> bind(listener, settings.adminPort(), problems))
                    .routing(HttpRouting.builder().register(new AdminRoutes(health, metrics)))
                    .build())
            .shutdownHook(false)
            .build()
            .start();
    return new HttpServer(server);
  }

  /** The callers' port. */
  public int port() {
    return server.port();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return server.port(ADMIN);
  }

  /** Closes both sockets, after requests in flight have been answered, or three seconds. */
  public void stop() {
    server.stop();
  }

  private static void bind(
      ListenerConfig.BuilderBase<?, ?> listener, int port, ProblemWriter problems) {
    listener
        .port(port)
        // An answer of more than one segment must not wait for the peer's delayed acknowledgement.
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            Http1ConnectionSelector.builder()
                .config(
                    Http1Config.builder()
                        .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                        .maxHeadersSize(MAX_HEADER_BYTES)
                        .sendKeepAliveHeader(false)
                        .build())
                .build())
        // No request to this server has a body.
        .maxPayloadSize(0)
        // Blocking sockets are the faster ones under virtual threads.
        .useNio(false)
        .shutdownGracePeriod(IN_FLIGHT_GRACE)
        .directHandlers(problems.directHandlers());
  }
}
