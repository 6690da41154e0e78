package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that the build of this service has filled. A start with the same ones copies them into
 * its memory, since to make their rows anew takes longer than all else that it does. Immutable.
 */
final class BuiltTables {
  /** Beside this class, as the next one. */
  private static final String DATABASE = "tables.mv.db";

  /** Its first line is {@link #contents} in hexadecimal, its second {@link #description}. */
  private static final String DESCRIPTION = "tables.txt";

  private final byte[] contents;

  private BuiltTables(byte[] contents) {
    this.contents = contents;
  }

  /** The tables of these settings, if they are the ones that the build has filled. */
  static Optional<BuiltTables> of(EmbeddedSettings settings) {
    try (InputStream file = BuiltTables.class.getResourceAsStream(DESCRIPTION)) {
      if (file == null) {
        return Optional.empty();
      }
      List<String> built = new String(file.readAllBytes(), UTF_8).lines().toList();
      return description(settings)
          .filter(built.getLast()::equals)
          .map(_ -> new BuiltTables(HexFormat.of().parseHex(built.getFirst())));
    } catch (IOException e) {
      throw new UncheckedIOException("what the build says of its tables cannot be read", e);
    }
  }

  /**
   * Fills the tables of these settings, and writes them where {@link #of} finds them.
   *
   * @param classes the directory of this service's compiled classes
   * @throws IllegalArgumentException if they may be other ones at each start
   */
  static void write(EmbeddedSettings settings, Path classes) throws SQLException, IOException {
    String description =
        description(settings)
            .orElseThrow(() -> new IllegalArgumentException("files may change after the build"));
    Path directory = classes.resolve(BuiltTables.class.getPackageName().replace('.', '/'));
    try (MemoryDatabase database = MemoryDatabase.createForFile()) {
      byte[] contents = new DatabaseLoad(settings, database.inSchema("")).run();
      Files.write(directory.resolve(DATABASE), database.toFile());
      Files.write(
          directory.resolve(DESCRIPTION), List.of(HexFormat.of().formatHex(contents), description));
    }
  }

  /** All that decides what is in the tables; none if that is in files. */
  private static Optional<String> description(EmbeddedSettings settings) {
    if (!settings.scripts().isEmpty()
        || settings.tables().stream().anyMatch(table -> table.from() instanceof CsvTable)) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.concat(
                settings.tables().stream().map(BuiltTables::description),
                settings.keys().stream().map(Object::toString))
            .collect(Collectors.joining("; ")));
  }

  private static String description(EmbeddedTable table) {
    String from =
        switch (table.from()) {
          case TpcdsTable(String name, int scale, int rows) ->
              "TPC-DS " + name + " of scale " + scale + ", " + rows + " rows";
          case TpchTable(String name, int scale, int rows) ->
              "TPC-H " + name + " of scale " + scale + ", " + rows + " rows";
          case CsvTable file -> file.toString();
        };
    return table.name() + " from " + from + table.where().map(" where "::concat).orElse("");
  }

  /** Makes a database of them. */
  MemoryDatabase open() throws SQLException {
    try (InputStream file = requireNonNull(BuiltTables.class.getResourceAsStream(DATABASE))) {
      return MemoryDatabase.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the tables of the build cannot be read", e);
    }
  }

  /** The hash of all that they were filled with. */
  byte[] contents() {
    return contents.clone();
  }
}
