package io.papi.loadtest.feeders;

import static io.gatling.javaapi.core.CoreDsl.csv;

import io.gatling.javaapi.core.FeederBuilder;
import io.papi.loadtest.ids.IdFile;

/** Customers to ask for. Each record sets {@link #ID}. */
public final class Customers {
  /** The session's attribute that holds the id to ask for: the id file's heading. */
  public static final String ID = IdFile.HEADING;

  private Customers() {}

  /** Each customer of the file once, in random order. */
  public static FeederBuilder<String> eachOnce(String file) {
    return csv(file).shuffle();
  }
}
