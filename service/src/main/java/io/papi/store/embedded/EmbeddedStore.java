package io.papi.store.embedded;

import io.papi.dataset.StoreIdentity;
import io.papi.store.embedded.latency.Latency;
import io.papi.store.embedded.latency.SimulatedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in this process's memory, filled with the tables that the settings name. Thread-safe,
 * but for {@link #fill}.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  private final EmbeddedSettings settings;
  private final Optional<BuiltTables> built;
  private final MemoryDatabase database;
  private final DataSource dataSource;
  private final DataSource streams;

  private EmbeddedStore(
      EmbeddedSettings settings, Optional<BuiltTables> built, MemoryDatabase database) {
    this.settings = settings;
    this.built = built;
    this.database = database;
    this.dataSource = simulated(database.inSchema(""), settings);
    this.streams = simulated(database.inSchema(";LAZY_QUERY_EXECUTION=1"), settings);
  }

  /** Makes a database with the latency that the settings say, whose tables {@link #fill} fills. */
  public static EmbeddedStore open(EmbeddedSettings settings) {
    Optional<BuiltTables> built = BuiltTables.of(settings);
    try {
      MemoryDatabase database = built.isPresent() ? built.get().open() : MemoryDatabase.create();
      return new EmbeddedStore(settings, built, database);
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded store could not be made", e);
    }
  }

  /**
   * Fills tables when the service is built, so that a start with the same ones need not.
   *
   * @param classes the directory of this service's compiled classes, which takes the files
   * @throws IllegalArgumentException if a script or a file of rows is among the settings
   */
  public static void fillAhead(EmbeddedSettings settings, Path classes) throws IOException {
    try {
      BuiltTables.write(settings, classes);
    } catch (SQLException e) {
      throw new IllegalStateException("the tables could not be filled", e);
    }
  }

  /**
   * Fills it with the tables that the settings say; to be called once. Others may have connections
   * meanwhile.
   *
   * @return a hash of all that is in it: two that were filled with the same are the same
   * @throws CannotLoadException if something that it is to be filled with cannot be used
   */
  public StoreIdentity fill() {
    return new StoreIdentity(List.of("embedded", HexFormat.of().formatHex(contents())));
  }

  private byte[] contents() {
    if (built.isPresent()) {
      LOG.info("embedded store: {} as the build has filled them", names());
      return built.get().contents();
    }
    try {
      return new DatabaseLoad(settings, database.inSchema("")).run();
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded store could not be filled", e);
    }
  }

  private String names() {
    return settings.tables().stream()
        .map(table -> table.name().toString())
        .collect(Collectors.joining(", "));
  }

  private static DataSource simulated(DataSource database, EmbeddedSettings settings) {
    Latency latency = settings.latency();
    if (latency.isNone()) {
      return database;
    }
    LOG.info(
        "embedded store: a statement takes {} ms at the median and {} ms at P99, {} run at once",
        latency.p50().toMillis(),
        latency.p99().toMillis(),
        settings.statements());
    return new SimulatedTable(
            () -> latency.draw(ThreadLocalRandom.current()), settings.statements(), Thread::sleep)
        .over(database);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** The same for streams: a row is computed when it is read, not all of them at first. */
  public DataSource streams() {
    return streams;
  }

  /** Drops the database. */
  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      LOG.warn("the embedded store did not close: SQL state {}", e.getSQLState());
    }
  }
}
