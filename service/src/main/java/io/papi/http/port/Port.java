package io.papi.http.port;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.connection.Bodies;
import io.papi.http.connection.BrowserGuard;
import io.papi.http.connection.OpenConnections;
import io.papi.http.connection.WatchedConnection;
import io.papi.http.connection.WatchedSelector;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.tls.Identity;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is served: each connection has a thread of its own, from start to end. Thread-safe.
 *
 * <p>The thread of a connection owns it: whatever ends it, the thread closes the socket and then
 * gives the connection's place back.
 */
public final class Port implements Listener.Taker {
  private static final Logger LOG = LoggerFactory.getLogger(Port.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Whoever is silent for so long, while the port closes, has not just sent a request. */
  private static final Duration LAST_WORD = Duration.ofMillis(250);

  private final String name;
  private final List<Listener> listeners;
  private final OpenConnections connections;
  private final ListenerContext context;
  private final Router router;
  private final Transport transport;
  private final BrowserGuard guard;
  private final Bodies bodies;
  private final Consumer<String> whenDeaf;
  private final Ticker ticker;
  private final WatchedSelector http = new WatchedSelector();
  private final Limit noLimit = FixedLimit.create();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());

  /** Places for connections that are being refused. */
  private final Semaphore refusing;

  private final AtomicLong accepted = new AtomicLong();

  /**
   * @param listeners where it is open, at least one
   * @param limit the most connections
   * @param tls what is shown to those who connect by TLS, where they have to
   * @param guard which requests of browsers are refused
   * @param bodies which requests may have a body
   * @param routes answers all requests
   * @param problems what is answered where no route is reached
   * @param whenDeaf is told why, if the port stops accepting connections by itself
   */
  public Port(
      List<Listener> listeners,
      int limit,
      Optional<Supplier<Identity>> tls,
      BrowserGuard guard,
      Bodies bodies,
      Handler routes,
      ProblemWriter problems,
      MeterRegistry meters,
      Ticker ticker,
      Consumer<String> whenDeaf) {
    this.name = listeners.getFirst().name();
    this.listeners = List.copyOf(listeners);
    this.whenDeaf = whenDeaf;
    this.connections = new OpenConnections(name, limit, meters, ticker);
    this.context = new PortContext(problems.directHandlers(), threads);
    this.router = Router.builder().addRouting(HttpRouting.builder().any(routes)).build();
    this.transport =
        tls.<Transport>map(identity -> new TlsTransport(identity, problems, meters, ticker))
            .orElseGet(() -> new PlainTransport(problems, ticker));
    this.refusing = new Semaphore((int) OpenConnections.slack(limit));
    this.guard = guard;
    this.bodies = bodies;
    this.ticker = ticker;
  }

  public int port() {
    return listeners.getFirst().port();
  }

  public OpenConnections connections() {
    return connections;
  }

  /** Begins to serve. */
  public void serve() {
    router.beforeStart();
    listeners.forEach(listener -> listener.start(this));
  }

  @Override
  public void shrink() {
    connections.shrink();
  }

  @Override
  public void gaveUp(String why) {
    whenDeaf.accept(why);
  }

  /** A connection that is let in counts as open from here on, before its thread runs. */
  @Override
  public void take(SocketChannel channel) {
    if (connections.admit()) {
      try {
        WatchedConnection connection = connection(channel);
        connections.add(connection);
        run(() -> serve(connection, channel), () -> end(connection, channel));
      } catch (RuntimeException e) {
        LOG.trace("a connection has gone already", e);
        close(channel);
        connections.giveBack();
      }
    } else if (refusing.tryAcquire()) {
      run(() -> refuse(channel), () -> endRefusal(channel));
    } else {
      transport.turnAwayNow(channel);
    }
  }

  /** Runs {@code task} in a thread of its own, or {@code otherwise} if it is too late for that. */
  private void run(Runnable task, Runnable otherwise) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    }
  }

  private void refuse(SocketChannel channel) {
    try {
      transport.turnAway(channel);
    } finally {
      endRefusal(channel);
    }
  }

  private void endRefusal(SocketChannel channel) {
    close(channel);
    refusing.release();
  }

  private void serve(WatchedConnection connection, SocketChannel channel) {
    try {
      connection.begin();
      answerRequests(connection);
      connection.end();
    } catch (CloseConnectionException | UncheckedIOException e) {
      LOG.trace("a connection has ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("a connection of {} has failed unexpectedly", name, e);
    } finally {
      end(connection, channel);
    }
  }

  private void answerRequests(WatchedConnection connection) throws InterruptedException {
    try {
      http.connection(connection).handle(noLimit);
    } catch (CloseConnectionException e) {
      LOG.trace("the last request has been answered", e);
    }
  }

  private void end(WatchedConnection connection, SocketChannel channel) {
    connection.closeSocket();
    connection.ended();
    close(channel);
    connections.ended(connection);
  }

  private WatchedConnection connection(SocketChannel channel) {
    context.config().connectionOptions().configureSocket(channel);
    String id = Long.toString(accepted.incrementAndGet());
    Transport.Connected connected = transport.connect(channel, id, name);
    return new WatchedConnection(
        new AcceptedConnection(connected.socket(), context, router),
        connected.wire(),
        guard,
        bodies,
        ticker);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.trace("a connection has gone already", e);
    }
  }

  /** Accepts the connections that have been made by now, and then no more. */
  public void stopAccepting() {
    listeners.forEach(Listener::close);
  }

  /**
   * Ends idle connections, and every other one after the answer that tells its caller so; at {@code
   * end} those that are left. To be called once nothing is accepted any more.
   *
   * @return how many were left
   */
  public int awaitEnd(Deadline end) {
    threads.shutdown();
    try {
      do {
        long now = ticker.nanos();
        connections.forEach(connection -> connection.endIfIdle(now, LAST_WORD.toNanos()));
      } while (!threads.awaitTermination(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)
          && end.remaining(ticker.nanos()) > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int left = connections.size();
    // first: a thread that is interrupted closes its socket as if all had been said
    connections.forEach(connection -> connection.cut());
    var _ = threads.shutdownNow();
    router.afterStop();
    return left;
  }
}
