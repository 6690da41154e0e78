package io.papi.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the first connections side by side, before they are asked for: a pool opens one after
 * another, and with a server that is far away each takes as long as a sign-in. Thread-safe.
 *
 * <p>The others begin once the first is open, so that a server which refuses the sign-in does so
 * once.
 */
final class OpenedAhead implements DataSource, AutoCloseable {
  private final DataSource source;
  private final Queue<CompletableFuture<Connection>> begun = new ConcurrentLinkedQueue<>();

  /** How many are still to be opened. */
  private final AtomicInteger missing;

  /**
   * @param count how many are opened ahead, at least 1
   */
  OpenedAhead(DataSource source, int count) {
    this.source = source;
    this.missing = new AtomicInteger(count);
    begin(() -> beginOthers(count - 1));
  }

  private void begin(Runnable opened) {
    CompletableFuture<Connection> next = new CompletableFuture<>();
    begun.add(next);
    Thread.ofVirtual()
        .name("connection-ahead")
        .start(
            () -> {
              try {
                Connection connection = source.getConnection();
                missing.decrementAndGet();
                opened.run();
                next.complete(connection);
              } catch (SQLException | RuntimeException e) {
                next.completeExceptionally(e);
              }
            });
  }

  private void beginOthers(int count) {
    for (int i = 0; i < count; i++) {
      begin(() -> {});
    }
  }

  /** Whether all have been opened, and how many of them at most nobody has asked for. */
  boolean isDoneBut(int left) {
    return missing.get() == 0 && begun.size() <= left;
  }

  /** One that was opened ahead, or is being opened; a new one when there is none any more. */
  @Override
  public Connection getConnection() throws SQLException {
    CompletableFuture<Connection> next = begun.poll();
    if (next == null) {
      return source.getConnection();
    }
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new SQLException("a connection could not be opened ahead", e.getCause());
    } catch (InterruptedException e) {
      leave(next);
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while a connection was being opened", e);
    }
  }

  /** Closes what nobody has asked for. */
  @Override
  public void close() {
    for (var next = begun.poll(); next != null; next = begun.poll()) {
      leave(next);
    }
  }

  private static void leave(CompletableFuture<Connection> next) {
    var _ =
        next.thenAccept(
            connection -> {
              try {
                connection.close();
              } catch (SQLException e) {
                // the server has closed it
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
