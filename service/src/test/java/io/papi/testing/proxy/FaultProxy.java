package io.papi.testing.proxy;

import io.papi.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy on this machine to a server on this machine, whose connections a test makes slow, cuts,
 * resets or refuses, also those that are open. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

  /** Where bytes flow. */
  public enum Direction {
    /** From the client to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM
  }

  private final InetAddress address;
  private volatile int serverPort;
  private final List<AddedToxic> upstream = new CopyOnWriteArrayList<>();
  private final List<AddedToxic> downstream = new CopyOnWriteArrayList<>();
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile ServerSocket listener;
  private volatile Thread accepting;

  private FaultProxy(InetAddress address, int port, int serverPort) throws IOException {
    this.address = address;
    this.serverPort = serverPort;
    this.listener = listen(port);
    this.accepting = acceptFrom(listener);
  }

  /** A proxy on a free port to the server at {@code serverPort}, which need not be there yet. */
  public static FaultProxy to(int serverPort) {
    try {
      return new FaultProxy(InetAddress.getLoopbackAddress(), Ports.free(), serverPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another proxy with the same port as this, on another address of this machine. */
  public FaultProxy beside(String otherAddress, int otherServerPort) {
    try {
      return new FaultProxy(InetAddress.getByName(otherAddress), port(), otherServerPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that clients connect to; the same after {@link #down} and {@link #up}. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections there have been. */
  public int accepted() {
    return accepted.get();
  }

  /** Has new connections lead to another server; those that are open stay where they are. */
  public void leadTo(int otherServerPort) {
    serverPort = otherServerPort;
  }

  /** Adds a toxic, behind those that are there, for all connections until it is closed. */
  public AddedToxic add(Direction direction, Toxic toxic) {
    AddedToxic added =
        new AddedToxic(
            toxic,
            switch (direction) {
              case UPSTREAM -> upstream;
              case DOWNSTREAM -> downstream;
            });
    connections.forEach(connection -> connection.closeAfter(added));
    return added;
  }

  /** Closes all connections and refuses new ones, until {@link #up}. */
  public void down() {
    try {
      listener.close();
      // the port stays open for as long as a thread waits at it
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(ProxyConnection::close);
  }

  /** Accepts connections again. */
  public void up() {
    try {
      listener = listen(port());
      accepting = acceptFrom(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    down();
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port));
    return socket;
  }

  private Thread acceptFrom(ServerSocket socket) {
    return Thread.ofVirtual().name("proxy-accept").start(() -> accept(socket));
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().name("proxy-connect").start(() -> connect(client, socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client, ServerSocket acceptedBy) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      ProxyConnection connection = new ProxyConnection(client, server, connections::remove);
      connections.add(connection);
      connection.start(upstream, downstream);
      if (acceptedBy.isClosed()) {
        connection.close();
      }
    } catch (IOException e) {
      close(client);
    }
  }

  private static void close(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
