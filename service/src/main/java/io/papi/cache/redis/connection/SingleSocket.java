package io.papi.cache.redis.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A factory of exactly one socket, which anyone can close, even while it is being connected.
 * Thread-safe.
 *
 * <p>Jedis opens a new socket when it finds its own closed, and would go on without signing in
 * again: a second socket is refused.
 */
final class SingleSocket implements JedisSocketFactory, AutoCloseable {
  private final RedisUri server;
  private final int attempt;
  private final int timeoutMillis;
  private final Socket socket = new Socket();
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * @param attempt which of the server's addresses to take
   */
  SingleSocket(RedisUri server, int attempt, int timeoutMillis) {
    this.server = server;
    this.attempt = attempt;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public Socket createSocket() {
    if (used.getAndSet(true)) {
      throw new JedisConnectionException("the connection is closed");
    }
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout(timeoutMillis);
      socket.connect(address(), timeoutMillis);
      return server.tls() ? secured() : socket;
    } catch (UnknownHostException e) {
      throw new JedisConnectionException("the name of its host is not known here", e);
    } catch (IOException e) {
      throw new JedisConnectionException("cannot connect: " + e.getMessage(), e);
    }
  }

  /** Closes the plain socket under TLS, so as not to wait for the peer's good-bye. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // nobody uses it any more
    }
  }

  /**
   * Looks the name up anew: after a failover it may lead elsewhere. Where it has several addresses,
   * one that is dead or no primary does not hide the others.
   */
  private InetSocketAddress address() throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(server.host());
    return new InetSocketAddress(all[Math.floorMod(attempt, all.length)], server.port());
  }

  private SSLSocket secured() throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured =
        (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    return secured;
  }
}
