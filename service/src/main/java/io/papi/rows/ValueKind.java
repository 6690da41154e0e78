package io.papi.rows;

/** What the values of a column are in an answer's JSON; NULL is {@code null} in all of them. */
public enum ValueKind {
  /** A number, digit by digit; where it is so configured, a string if a double would round it. */
  EXACT_NUMBER,
  /** A number that a double holds. */
  DOUBLE,
  /** A string. */
  TEXT,
  /** {@code true} or {@code false}. */
  FLAG,
  /** A string such as {@code 2026-01-31}. */
  DATE,
  /** A string such as {@code 23:59:59.123}. */
  TIME,
  /** A string such as {@code 23:59:59.123+01:00}. */
  TIME_WITH_OFFSET,
  /** A string such as {@code 2026-01-31T23:59:59.123}. */
  TIMESTAMP,
  /** A string such as {@code 2026-01-31T23:59:59.123+01:00}. */
  TIMESTAMP_WITH_OFFSET,
  /** A string of hexadecimal digits. */
  BINARY,
  /** Any JSON. */
  JSON
}
