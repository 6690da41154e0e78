package io.papi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import org.jspecify.annotations.Nullable;

/** Outcomes as a store would give them. */
public final class Outcomes {
  private Outcomes() {}

  /** A row that says its key and a version. */
  public static Found found(Key key, int version, long readAt) {
    byte[] json = ("{\"KEY\":\"" + key + "\",\"VERSION\":" + version + "}").getBytes(UTF_8);
    return new Found(Row.loaded(json), readAt, Origin.of(Layer.STORE, 1_000));
  }

  public static Absent absent(long readAt) {
    return new Absent(readAt, Origin.of(Layer.STORE, 1_000));
  }

  public static Unreadable unreadable(long readAt) {
    return new Unreadable(readAt, Origin.of(Layer.STORE, 1_000));
  }

  public static Unreadable tooLarge(long readAt) {
    return new Unreadable(readAt, Origin.of(Layer.STORE, 1_000), Fault.TOO_LARGE);
  }

  /** A row of any text. */
  public static Row row(String text) {
    return Row.loaded(text.getBytes(UTF_8));
  }

  /** The text of the row that must be there. */
  public static String text(@Nullable Outcome outcome) {
    if (!(outcome instanceof Found(Row row, _, _))) {
      throw new AssertionError("no row: " + outcome);
    }
    return text(row);
  }

  /** The text of a row. */
  public static String text(Row row) {
    byte[] bytes = new byte[row.length()];
    row.copyTo(bytes, 0);
    return new String(bytes, UTF_8);
  }
}
