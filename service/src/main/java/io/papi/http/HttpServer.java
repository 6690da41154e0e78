package io.papi.http;

import io.helidon.common.SerializationConfig;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.admin.MetricsHistory;
import io.papi.http.admission.Admission;
import io.papi.http.connection.Bodies;
import io.papi.http.connection.BrowserGuard;
import io.papi.http.connection.ConnectionWatch;
import io.papi.http.connection.OwnNames;
import io.papi.http.exchange.Health;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.exchange.RequestIds;
import io.papi.http.exchange.RouteTable;
import io.papi.http.port.CannotListenException;
import io.papi.http.port.ConnectionLimits;
import io.papi.http.port.Descriptors;
import io.papi.http.port.Listeners;
import io.papi.http.port.Port;
import io.papi.http.tls.IdentityFiles;
import io.papi.http.tls.IdentityWatch;
import io.papi.http.tls.UnusableIdentityException;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of the service: for callers, and for operators. Thread-safe. */
public final class HttpServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** For lookups; a report has its deadline. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Port callers;
  private final Port operators;
  private final ConnectionWatch watch;
  private final MetricsHistory history;
  private final Optional<IdentityWatch> identity;
  private final Duration grace;
  private final OptionalInt ingressPort;
  private final Ticker ticker;
  private final CompletableFuture<String> failure;

  private HttpServer(
      Port callers,
      Port operators,
      MetricsHistory history,
      Optional<IdentityWatch> identity,
      Duration grace,
      OptionalInt ingressPort,
      CompletableFuture<String> failure,
      MeterRegistry meters,
      Ticker ticker) {
    this.callers = callers;
    this.operators = operators;
    this.history = history;
    this.identity = identity;
    this.grace = grace;
    this.ingressPort = ingressPort;
    this.failure = failure;
    this.ticker = ticker;
    this.watch =
        new ConnectionWatch(
            List.of(callers.connections(), operators.connections()), meters, ticker);
  }

  /**
   * Loads the web server, which the first one of a process takes a while for; opens nothing. Not
   * necessary: it is for a start that has to wait for something else.
   */
  public static void prepare() {
    discoverNothing();
    SerializationConfig.configureRuntime(); // nothing is deserialized here
    HttpRouting.builder();
    MediaContext.create();
    ContentEncodingContext.create();
  }

  /** Helidon would look for services in all jars, for a tenth of a start; none is used here. */
  private static void discoverNothing() {
    ServiceRegistryConfig nothing =
        ServiceRegistryConfig.builder()
            .discoverServices(false)
            .discoverServicesFromServiceLoader(false)
            .build();
    GlobalServiceRegistry.registry(ServiceRegistryManager.create(nothing).registry());
  }

  /**
   * Opens all ports.
   *
   * @param metrics all meters in Prometheus' text format
   * @throws CannotListenException if a port cannot be opened, or the process may not open enough
   *     files to serve anybody
   */
  public static HttpServer start(
      HttpSettings settings,
      Served served,
      Health health,
      MeterRegistry meters,
      Supplier<String> metrics,
      Ticker ticker) {
    discoverNothing();
    SerializationConfig.configureRuntime(); // nothing is deserialized here
    ConnectionLimits limits = limits(settings);
    RequestIds requestIds = new RequestIds();
    ProblemWriter problems = new ProblemWriter(requestIds, meters);
    Exposure exposure = settings.exposure();
    OwnNames names = new OwnNames(exposure.hostNames());
    Optional<IdentityWatch> identity = exposure.tls().map(files -> identity(files, meters));
    Listeners listeners =
        Listeners.open(
            new InetSocketAddress(exposure.host(), settings.port()),
            settings.ingressPort().isPresent()
                ? Optional.of(
                    new InetSocketAddress(exposure.host(), settings.ingressPort().getAsInt()))
                : Optional.empty(),
            new InetSocketAddress(exposure.adminHost(), settings.adminPort()),
            ticker);
    RouteTable callers =
        new CallerRoutes(
                settings,
                new Admission(settings.callers(), listeners.ingressPort(), meters, ticker),
                served,
                health,
                requestIds,
                problems,
                meters,
                ticker)
            .table();
    MetricsHistory history = new MetricsHistory(metrics, ticker);
    RouteTable operators =
        new AdminRoutes(
                settings,
                served,
                health,
                listeners::areAccepting,
                metrics,
                history,
                requestIds,
                problems,
                ticker)
            .table();
    CompletableFuture<String> failure = new CompletableFuture<>();
    HttpServer server =
        new HttpServer(
            new Port(
                listeners.ofCallers(),
                limits.callers(),
                identity.map(watch -> watch::current),
                new BrowserGuard(names, false),
                new Bodies(CallerRoutes.pathsOfBodies(served), settings.bodyBytes()),
                callers,
                problems,
                meters,
                ticker,
                failure::complete),
            new Port(
                List.of(listeners.operators()),
                limits.operators(),
                Optional.empty(),
                new BrowserGuard(names, true),
                Bodies.none(),
                operators,
                problems,
                meters,
                ticker,
                failure::complete),
            history,
            identity,
            GRACE.compareTo(served.longestDeadline()) > 0 ? GRACE : served.longestDeadline(),
            listeners.ingressPort(),
            failure,
            meters,
            ticker);
    server.serve();
    return server;
  }

  private static IdentityWatch identity(IdentityFiles files, MeterRegistry meters) {
    try {
      return new IdentityWatch(files, meters, InstantSource.system());
    } catch (UnusableIdentityException e) {
      throw CannotListenException.withoutCertificate(String.valueOf(e.getMessage()));
    }
  }

  private static ConnectionLimits limits(HttpSettings settings) {
    Optional<Descriptors> descriptors = Descriptors.now();
    ConnectionLimits limits =
        ConnectionLimits.within(
            settings.maxConnections(), descriptors, settings.storeConnections());
    descriptors.ifPresent(
        process ->
            LOG.info(
                "at most {} connections of callers and {} of operators; the process may open {}"
                    + " files, {} are open",
                limits.callers(),
                limits.operators(),
                process.max(),
                process.open()));
    if (limits.callers() < settings.maxConnections()) {
      LOG.warn(
          "max-connections is {}, which this process may not open: raise its limit of open files"
              + " (ulimit -n)",
          settings.maxConnections());
    }
    return limits;
  }

  private void serve() {
    callers.serve();
    operators.serve();
    watch.start();
    history.start();
    identity.ifPresent(IdentityWatch::start);
  }

  /** The callers' port. */
  public int port() {
    return callers.port();
  }

  /** The port of callers who come through the container service's ingress, if there is one. */
  public OptionalInt ingressPort() {
    return ingressPort;
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return operators.port();
  }

  /** Waits until a port has stopped accepting connections by itself; returns why. */
  public String awaitFailure() {
    return failure.join();
  }

  /**
   * Closes all ports: first to those who connect anew, then to each other after its last answer, or
   * after three seconds, or as long as a report may take. The log says so.
   */
  public void stop() {
    long began = ticker.nanos();
    callers.stopAccepting();
    operators.stopAccepting();
    Deadline end = Deadline.after(grace, began);
    int cut = callers.awaitEnd(end) + operators.awaitEnd(end);
    watch.close();
    history.close();
    identity.ifPresent(IdentityWatch::close);
    long millis = (ticker.nanos() - began) / 1_000_000;
    if (cut == 0) {
      LOG.info("all requests have been answered, in {} ms", millis);
    } else {
      LOG.warn("{} connections were cut, which had not ended within {} ms", cut, millis);
    }
  }
}
