package io.papi.http.port;

import io.papi.lookup.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open port. A thread of its own accepts connections one after the other, until the port is
 * closed. Thread-safe.
 *
 * <p>A failure to accept, for instance because the process has no descriptor left, does not end it:
 * it tries again, opens a port that a failure has closed, and gives up only after a minute of
 * failures.
 *
 * <p>When it is closed, the connections that the system has let in by then are accepted first: for
 * their callers they exist, and a request may have been sent on them.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final long NOTHING = 0;
  private static final int BACKLOG = 1_024;
  private static final Duration MIN_PAUSE = Duration.ofMillis(10);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private static final Duration END_PATIENCE = Duration.ofSeconds(1);

  /** After failing for so long it counts as dead. */
  static final Duration UNWELL_AFTER = Duration.ofSeconds(10);

  /** After so long it gives up. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String name;
  private final InetSocketAddress address;
  private final Opening opening;
  private final Ticker ticker;

  private volatile Door door;
  private volatile @Nullable Thread thread;
  private volatile boolean closing;
  private volatile boolean over;

  /** A reading of the ticker while it fails, else {@link #NOTHING}. Written by its thread. */
  private volatile long failingSince;

  /** How a port is opened. */
  @FunctionalInterface
  interface Opening {
    Door open(InetSocketAddress address) throws IOException;
  }

  /** Takes the accepted connections. Called in the listener's thread, which must not be held up. */
  interface Taker {

    /** Takes a connection, and must close it. */
    void take(SocketChannel accepted);

    /** Accepting has failed more than once: a descriptor should be freed. */
    void shrink();

    /** The listener has given up, though nobody has closed it. */
    void gaveUp(String why);
  }

  private Listener(
      String name, InetSocketAddress address, Opening opening, Door door, Ticker ticker) {
    this.name = name;
    this.opening = opening;
    this.ticker = ticker;
    this.door = door;
    this.address =
        address.getPort() == 0 ? new InetSocketAddress(address.getAddress(), door.port()) : address;
  }

  /**
   * Opens a port; whoever connects waits until the listener is started.
   *
   * @param name whom it is for
   * @param address of this machine; port 0 takes a free one
   * @throws CannotListenException if it cannot be opened
   */
  static Listener open(String name, InetSocketAddress address, Ticker ticker) {
    return open(name, address, Listener::bind, ticker);
  }

  static Listener open(String name, InetSocketAddress address, Opening opening, Ticker ticker) {
    try {
      return new Listener(name, address, opening, opening.open(address), ticker);
    } catch (IOException e) {
      throw CannotListenException.of(address, e);
    }
  }

  static Door bind(InetSocketAddress address) throws IOException {
    return Door.open(address, BACKLOG);
  }

  /** Begins to accept, once. */
  void start(Taker taker) {
    thread = Thread.ofPlatform().daemon(false).name(name + "-listener").start(() -> run(taker));
  }

  /** Whom it is for. */
  String name() {
    return name;
  }

  int port() {
    return address.getPort();
  }

  /** Whether it accepts connections, or has been failing for a short time only. */
  boolean isAccepting() {
    long since = failingSince;
    return !over && (since == NOTHING || ticker.nanos() - since < UNWELL_AFTER.toNanos());
  }

  /** Whether it has been asked to close. */
  boolean isClosing() {
    return closing;
  }

  private void run(Taker taker) {
    String why = "its thread has ended";
    try {
      why = acceptAll(taker);
    } finally {
      over = true;
      closeQuietly();
      if (!closing) {
        taker.gaveUp("port " + port() + " of " + name + " accepts nobody: " + why);
      }
    }
  }

  /** Accepts until it is closed or has to give up; returns why. */
  private String acceptAll(Taker taker) {
    Duration pause = Duration.ZERO;
    while (!closing) {
      try {
        if (!door.isOpen()) {
          closeQuietly(); // what is left of it holds the port
          door = opening.open(address);
        }
        Optional<SocketChannel> accepted = door.accept();
        if (accepted.isEmpty()) {
          door.await();
          continue;
        }
        if (failingSince != NOTHING) {
          failingSince = NOTHING;
          pause = Duration.ZERO;
          LOG.info("port {} of {} accepts connections again", port(), name);
        }
        taker.take(accepted.get());
      } catch (IOException e) {
        if (!closing && isHopeless(e, taker)) {
          return e.toString();
        }
        pause = longer(pause);
        await(pause);
      }
    }
    takeWaiting(taker);
    return "it was closed";
  }

  /** Takes those who had connected before it was closed. */
  private void takeWaiting(Taker taker) {
    try {
      door.waitNoMore();
      for (int i = 0; i < BACKLOG; i++) {
        Optional<SocketChannel> waiting = door.accept();
        if (waiting.isEmpty()) {
          return;
        }
        taker.take(waiting.get());
      }
    } catch (IOException e) {
      LOG.debug("port {} of {} has nobody left to take", port(), name, e);
    }
  }

  /** Deals with a failure; returns whether it is time to give up. */
  private boolean isHopeless(IOException e, Taker taker) {
    long now = ticker.nanos() | 1;
    if (failingSince == NOTHING) {
      failingSince = now;
      LOG.warn(
          "port {} of {} cannot accept a connection, and tries again: {}",
          port(),
          name,
          e.toString());
      return false;
    }
    taker.shrink();
    return now - failingSince > PATIENCE.toNanos();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.isZero() ? MIN_PAUSE : pause.multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) < 0 ? twice : MAX_PAUSE;
  }

  private static void await(Duration pause) {
    var _ = Thread.interrupted(); // as in the door's wait
    LockSupport.parkNanos(pause.toNanos());
  }

  /** Accepts those who have connected by now, and then nobody; returns when that is done. */
  @Override
  public void close() {
    closing = true;
    Thread running = thread;
    if (running == null) {
      closeQuietly();
      return;
    }
    door.wake();
    LockSupport.unpark(running);
    try {
      if (!running.join(END_PATIENCE)) {
        closeQuietly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      door.close();
    } catch (IOException e) {
      LOG.warn("port {} of {} did not close: {}", port(), name, e.toString());
    }
  }
}
