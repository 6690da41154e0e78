package io.papi.config.tree;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is wrong with a configuration. It is all found before any of it is told, so that a start
 * says everything that has to be mended. The same problem, met twice, counts once.
 */
public final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  /** Makes all checks, and refuses if one or more of them fail. */
  public static void ofAll(Runnable... checks) {
    Problems problems = new Problems();
    for (Runnable check : checks) {
      problems.in(check);
    }
    problems.refuseIfAny();
  }

  /** Takes note of what {@code check} refuses. */
  public void in(Runnable check) {
    try {
      check.run();
    } catch (ConfigurationException e) {
      found.addAll(e.problems());
    }
  }

  /** What {@code reading} gives; empty if it refuses, which is noted. */
  public <T> Optional<T> in(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ConfigurationException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  /**
   * Does nothing if all is well.
   *
   * @throws ConfigurationException with everything that was found
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(found);
    }
  }
}
