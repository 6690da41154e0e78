package io.papi.store.value;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.concurrent.TimeUnit;

/**
 * Finds out which year a driver's text means.
 *
 * <p>Snowflake's driver writes the year of an era without the era: the year before the first has
 * the text of the first, in places with another day. The moment that the driver gives as well tells
 * the era, though not the day, so such a timestamp is not shown.
 */
final class WrittenYear {
  /** Beyond it a moment does not fit into a long. */
  private static final int MAX_YEAR = 200_000_000;

  private static final long SECOND_YEAR = LocalDate.of(2, 1, 1).toEpochDay();

  private WrittenYear() {}

  /**
   * The value with the year that is meant.
   *
   * @throws DateTimeException if it cannot be told
   */
  static Temporal of(Temporal written, ResultSet rows, int index) throws SQLException {
    int year = written.get(ChronoField.YEAR);
    if (year < 1 || year > MAX_YEAR) {
      return written;
    }
    long moment = TimeUnit.MILLISECONDS.toDays(rows.getTimestamp(index).getTime());
    if (moment >= SECOND_YEAR
        || daysFrom(moment, year, written) < daysFrom(moment, 1 - year, written)) {
      return written;
    }
    throw new DateTimeException("a timestamp before the first year");
  }

  /** How far a moment is from a value in another year. */
  private static long daysFrom(long moment, int year, Temporal value) {
    Temporal inYear = value.with(ChronoField.YEAR, year);
    return Math.abs(ChronoUnit.DAYS.between(LocalDate.ofEpochDay(moment), LocalDate.from(inYear)));
  }
}
