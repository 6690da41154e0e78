package io.papi.testing.proxy;

import io.papi.testing.proxy.Toxic.Timeout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A client's connection and the one to the server that belongs to it. Thread-safe. */
final class ProxyConnection implements AutoCloseable {
  private final Socket client;
  private final Socket server;
  private final Consumer<ProxyConnection> closed;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger openDirections = new AtomicInteger(2);

  /** A part of the work of a connection. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /**
   * @param closed told when this is closed, perhaps more than once
   */
  ProxyConnection(Socket client, Socket server, Consumer<ProxyConnection> closed) {
    this.client = client;
    this.server = server;
    this.closed = closed;
  }

  void start(List<AddedToxic> upstream, List<AddedToxic> downstream) {
    start(new Pipe(client, server, upstream, this));
    start(new Pipe(server, client, downstream, this));
    upstream.forEach(this::closeAfter);
    downstream.forEach(this::closeAfter);
  }

  /** Closes the connection when the toxic's time is over. */
  void closeAfter(AddedToxic added) {
    if (added.toxic() instanceof Timeout(Duration timeout) && !timeout.isZero()) {
      start(
          () -> {
            if (added.lasts(timeout.toNanos())) {
              close();
            }
          });
    }
  }

  /** Closes both sides by a reset. */
  void reset() {
    try {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
    close();
  }

  @Override
  public void close() {
    try (client;
        server) {
      threads.forEach(Thread::interrupt);
      closed.accept(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(Pipe pipe) {
    start(pipe::read);
    start(
        () -> {
          pipe.write();
          if (openDirections.decrementAndGet() == 0) {
            close();
          }
        });
  }

  /** Starts work that ends with the connection, and closes the connection if it fails. */
  private void start(Work work) {
    Thread thread =
        Thread.ofVirtual()
            .name("proxy")
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } catch (IOException e) {
                    close();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    threads.add(thread);
    thread.start();
  }
}
