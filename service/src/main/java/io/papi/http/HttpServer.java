package io.papi.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The two sockets of the service: one for callers, one for operators. Thread-safe. */
public final class HttpServer {
  static final int MAX_REQUEST_LINE_BYTES = 16_384;
  static final int MAX_HEADER_BYTES = 16_384;

  private static final String ADMIN = "admin";
  private static final Duration IN_FLIGHT_GRACE = Duration.ofSeconds(3);

  private final WebServer server;
  private final ConnectionWatch watch;

  private HttpServer(WebServer server, ConnectionWatch watch) {
    this.server = server;
    this.watch = watch;
  }

  /**
   * Opens both sockets.
   *
   * @param metrics all meters in Prometheus' text format
   */
  public static HttpServer start(
      HttpSettings settings,
      List<ServedDataset> datasets,
      Health health,
      MeterRegistry meters,
      Supplier<String> metrics,
      Ticker ticker) {
    RequestIds requestIds = new RequestIds();
    ProblemWriter problems = new ProblemWriter(requestIds, meters);
    HttpRouting.Builder callers =
        new CallerRoutes(settings, datasets, health, requestIds, problems, meters, ticker)
            .routing();
    HttpRouting.Builder operators =
        new AdminRoutes(settings, datasets, health, metrics, requestIds, problems, ticker)
            .routing();
    ConnectionWatch watch = new ConnectionWatch(meters, ticker);
    WebServer server =
        WebServer.builder()
            .update(listener -> bind(listener, settings.port(), problems, watch))
            .maxTcpConnections(settings.maxConnections())
            .routing(callers)
            .putSocket(
                ADMIN,
                ListenerConfig.builder()
                    .update(listener -> bind(listener, settings.adminPort(), problems, watch))
                    .routing(operators)
                    .build())
            .shutdownHook(false)
            .build()
            .start();
    watch.start();
    return new HttpServer(server, watch);
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
    watch.close();
  }

  private static void bind(
      ListenerConfig.BuilderBase<?, ?> listener,
      int port,
      ProblemWriter problems,
      ConnectionWatch watch) {
    configure(listener, new WatchedSelector(protocol(), watch));
    listener.port(port).directHandlers(problems.directHandlers());
  }

  /** The settings of HTTP itself. */
  static Http1Config.Builder protocol() {
    return Http1Config.builder()
        .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
        .maxHeadersSize(MAX_HEADER_BYTES)
        .sendKeepAliveHeader(false)
        // Looking at each character again costs a tenth of a hit. What is a caller's in an answer's
        // headers, its request id and trace, is checked where it is taken.
        .validateResponseHeaders(false);
  }

  /** The settings of a socket, whatever is served on it. */
  static void configure(
      ListenerConfig.BuilderBase<?, ?> listener, ServerConnectionSelector connections) {
    listener
        // An answer of more than one segment must not wait for the peer's delayed acknowledgement.
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .protocolsDiscoverServices(false)
        .addConnectionSelector(connections)
        // No request to this server has a body.
        .maxPayloadSize(0)
        // Blocking sockets are the faster ones under virtual threads.
        .useNio(false)
        .shutdownGracePeriod(IN_FLIGHT_GRACE);
  }
}
