package io.papi.service.queries;

import io.papi.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Streams for tests, and how far their statements have been read in the embedded store. */
public final class Streams {
  /** As many as nobody reads. */
  static final String ENDLESS = "/numbers/1000000000";

  static final List<String> FORMATS = List.of("json", "ndjson", "csv", "xml");

  private static final AtomicLong ROWS = new AtomicLong();

  private static final String SCRIPT =
      """
      CREATE ALIAS DATA.SEEN DETERMINISTIC FOR "io.papi.service.queries.Streams.seen";
      CREATE ALIAS DATA.UNLESS DETERMINISTIC FOR "io.papi.service.queries.Streams.unless";
      """;

  private static final String CONFIGURATION =
      """
      embedded-scripts = [streams.sql]
      queries {
        numbers {
          paths = ["/numbers/{last}", "/more/numbers/{last}"]
          sql = "SELECT SEEN(X) AS n, 'the row ' || X AS words FROM SYSTEM_RANGE(1, :last)"
          parameters.last { type = whole, min = 0, max = 1000000000 }
          stream = true
        }
        broken {
          paths = ["/broken/{row}"]
          sql = "SELECT X AS n, 10 / (:row - X) AS quotient FROM SYSTEM_RANGE(1, 1000000)"
          parameters.row { type = whole, min = 1, max = 1000000000 }
          stream = true
        }
        ended {
          paths = ["/ended/{row}"]
          sql = "SELECT X AS n, UNLESS(X, :row) AS same FROM SYSTEM_RANGE(1, 1000000)"
          parameters.row { type = whole, min = 1, max = 1000000000 }
          stream = true
        }
      }
      """;

  private Streams() {}

  /** Called by a statement for each row that it reads. */
  public static long seen(long row) {
    ROWS.incrementAndGet();
    return row;
  }

  /** Called by a statement that fails as a store does that has gone. */
  public static long unless(long row, long end) throws SQLException {
    if (row == end) {
      throw new SQLException("the connection is broken", "08006");
    }
    return row;
  }

  /** The rows that statements have read in this process. */
  static long rows() {
    return ROWS.get();
  }

  /**
   * The environment of a service that has them.
   *
   * @param directory for its files
   * @param more lines of its configuration
   */
  static Map<String, String> environment(Path directory, String... more) {
    try {
      Files.writeString(directory.resolve("streams.sql"), SCRIPT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Births.environment(directory, Map.of(), CONFIGURATION + String.join("\n", more));
  }

  /** The rows of {@code /numbers} as JSON lines. */
  static String lines(int last) {
    StringBuilder lines = new StringBuilder();
    for (int n = 1; n <= last; n++) {
      lines.append("{\"N\":%d,\"WORDS\":\"the row %d\"}\n".formatted(n, n));
    }
    return lines.toString();
  }

  /** The connections that streams have taken out of their pool. */
  static int connections(TestClient client) {
    return (int) client.metric("hikaricp_connections_active", "pool=\"streams\"");
  }

  /** The streams that have broken, where {@code reason} failed. */
  static int broken(TestClient client, String reason) {
    return (int) client.metric("papi_stream_broken_total", "reason=\"" + reason);
  }

  static int underWay(TestClient client) {
    return (int) client.metric("papi_streams");
  }
}
