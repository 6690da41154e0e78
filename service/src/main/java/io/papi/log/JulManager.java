package io.papi.log;

import java.util.logging.LogManager;

/**
 * Keeps java.util.logging as it is until the process ends: the JDK would reset it when the shutdown
 * begins, and what is logged while the service drains would be lost.
 */
public final class JulManager extends LogManager {
  @Override
  public void reset() {
    // nothing, above all not at the shutdown
  }
}
