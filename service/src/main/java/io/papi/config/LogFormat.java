package io.papi.config;

/** How a line of the log looks. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object, as the event table of Snowpark Container Services reads it. */
  JSON
}
