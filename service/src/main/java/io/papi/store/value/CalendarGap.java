package io.papi.store.value;

import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;

/**
 * The days before 1582-10-15 on which the Snowflake driver's text of a timestamp may be another
 * day's: it goes by way of Java's Julian calendar, whose leap days it counts wrongly around the end
 * of February of some years, and the ten days that this calendar does not have look like those
 * before them. Everything else before 1582-10-15 is right.
 */
final class CalendarGap {
  private static final LocalDate GAP_START = LocalDate.of(1582, Month.SEPTEMBER, 24);

  /** With an offset the text of a day in the gap can even be that of the first day after it. */
  private static final LocalDate GAP_END = LocalDate.of(1582, Month.OCTOBER, 15);

  private static final MonthDay LEAP_START = MonthDay.of(Month.FEBRUARY, 25);
  private static final MonthDay LEAP_END = MonthDay.of(Month.MARCH, 11);

  private CalendarGap() {}

  /**
   * Whether {@code day} may stand for another one.
   *
   * @param withOffset whether it is the day of a timestamp with an offset
   */
  static boolean contains(LocalDate day, boolean withOffset) {
    if (day.isAfter(GAP_END)) {
      return false;
    }
    if (!day.isBefore(GAP_START)) {
      return withOffset || day.isBefore(GAP_END);
    }
    MonthDay inYear = MonthDay.from(day);
    return day.getYear() % 100 == 0
        && !day.isLeapYear()
        && !inYear.isBefore(LEAP_START)
        && !inYear.isAfter(LEAP_END);
  }
}
