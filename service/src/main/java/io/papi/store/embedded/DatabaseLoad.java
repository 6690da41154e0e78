package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.SqlName;
import io.papi.lookup.Sha256;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Fills a database: all tables side by side, then the scripts one after the other, then indexes.
 */
final class DatabaseLoad {
  private final EmbeddedSettings settings;
  private final DataSource database;

  DatabaseLoad(EmbeddedSettings settings, DataSource database) {
    this.settings = settings;
    this.database = database;
  }

  /**
   * Fills it.
   *
   * @return a hash of all that it was filled with
   * @throws CannotLoadException that says what cannot be used
   */
  byte[] run() throws SQLException {
    MessageDigest contents = Sha256.digest();
    List<ScriptFile> scripts = settings.scripts().stream().map(ScriptFile::new).toList();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (EmbeddedTable table : settings.tables()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + SqlName.quoted(table.name().schema()));
      }
      tables().forEach(contents::update);
      for (ScriptFile script : scripts) {
        script.run(connection);
        contents.update(script.text().getBytes(UTF_8));
        contents.update((byte) 0);
      }
      KeyIndexes.make(connection, settings.keys());
    }
    return contents.digest();
  }

  /** The hashes of all tables, in their order. */
  private List<byte[]> tables() throws SQLException {
    List<Callable<byte[]>> loads =
        settings.tables().stream().<Callable<byte[]>>map(table -> () -> load(table)).toList();
    // Of the system: virtual threads that compute for so long would hold up all others.
    ThreadFactory threads = Thread.ofPlatform().daemon().name("load-", 0).factory();
    try (ExecutorService each = Executors.newThreadPerTaskExecutor(threads)) {
      return results(each.invokeAll(loads));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded store was filled", e);
    }
  }

  private byte[] load(EmbeddedTable table) throws SQLException {
    Set<String> keys =
        settings.keys().stream()
            .filter(key -> key.unique() && key.table().equals(table.name()))
            .map(KeyColumn::column)
            .collect(Collectors.toSet());
    try (Connection connection = database.getConnection()) {
      return new TableLoad(table, keys).run(connection);
    }
  }

  private static List<byte[]> results(List<Future<byte[]>> loads)
      throws SQLException, InterruptedException {
    List<byte[]> hashes = new ArrayList<>();
    List<CannotLoadException> unusable = new ArrayList<>();
    for (Future<byte[]> load : loads) {
      try {
        hashes.add(load.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CannotLoadException cannot) {
          unusable.add(cannot);
        } else if (e.getCause() instanceof SQLException failure) {
          throw failure;
        } else {
          throw new IllegalStateException("the embedded store could not be filled", e.getCause());
        }
      }
    }
    if (!unusable.isEmpty()) {
      throw CannotLoadException.ofAll(unusable);
    }
    return hashes;
  }
}
