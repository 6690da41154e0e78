package io.papi.http.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * A port of the system that is open. One thread accepts; others may wake and close it.
 *
 * <p>Waiting and accepting are two steps, so that who waits can be woken without closing the port:
 * those whom the system has let in already can still be taken before it is closed.
 */
interface Door extends AutoCloseable {

  /** The next who has connected; empty if nobody has. Does not wait. */
  Optional<SocketChannel> accept() throws IOException;

  /** Waits until somebody connects, or {@link #wake}. An interrupt is forgotten. */
  void await() throws IOException;

  /**
   * Waits no more. {@link #close} then closes the port with its first step, so that hardly anybody
   * comes between the last {@link #accept} and it.
   */
  void waitNoMore() throws IOException;

  /** Ends the wait of now, or the next one. */
  void wake();

  boolean isOpen();

  int port();

  @Override
  void close() throws IOException;

  /**
   * Opens a port.
   *
   * @param address of this machine; the wildcard is all of them, and port 0 a free one
   * @param backlog how many may wait to be accepted
   */
  static Door open(InetSocketAddress address, int backlog) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(address, backlog).configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_ACCEPT);
      return new Real(channel, selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * A door of the operating system.
   *
   * @param selector knows {@code channel} alone
   */
  record Real(ServerSocketChannel channel, Selector selector) implements Door {

    @Override
    public Optional<SocketChannel> accept() throws IOException {
      return Optional.ofNullable(channel.accept());
    }

    @Override
    public void await() throws IOException {
      try {
        selector.select();
        selector.selectedKeys().clear();
        var _ = Thread.interrupted(); // nobody means to end this thread by it
      } catch (ClosedSelectorException e) {
        throw new IOException("the port is closed", e);
      }
    }

    @Override
    public void waitNoMore() throws IOException {
      selector.close();
    }

    @Override
    public void wake() {
      selector.wakeup();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public int port() {
      return channel.socket().getLocalPort();
    }

    /** The selector first: a channel that it knows stays open with it. */
    @Override
    public void close() throws IOException {
      selector.close();
      channel.close();
    }
  }
}
