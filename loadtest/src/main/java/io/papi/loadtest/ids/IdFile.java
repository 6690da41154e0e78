package io.papi.loadtest.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes {@code cust_ids.csv}: a heading and the ids 1 to 10,000, one a line, which are the
 * customers of the guide's table and of the embedded store.
 */
public final class IdFile {
  /** The heading, as a worksheet's download of the key column has it. */
  public static final String HEADING = "C_CUSTOMER_SK";

  private static final int IDS = 10_000;

  private IdFile() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("one argument: the file to write");
    }
    write(Path.of(args[0]));
  }

  static void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Stream<String> ids = IntStream.rangeClosed(1, IDS).mapToObj(Integer::toString);
    Files.write(file, Stream.concat(Stream.of(HEADING), ids).toList());
  }
}
