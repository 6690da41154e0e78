package io.papi.config.tree;

import java.util.Collection;
import java.util.List;

/**
 * A configuration that the service refuses to start with. The message says everything that is wrong
 * with it: each time the file or variable, the key, the value unless it is a secret, and what is
 * allowed.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  public ConfigurationException(Collection<String> problems) {
    super(told(List.copyOf(problems)));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one sentence each. */
  public List<String> problems() {
    return problems;
  }

  /** The same, with the place that it is about. */
  ConfigurationException at(Origin origin) {
    return new ConfigurationException(problems.stream().map(origin::before).toList());
  }

  private static String told(List<String> problems) {
    return problems.size() == 1
        ? problems.getFirst()
        : problems.size() + " problems\n- " + String.join("\n- ", problems);
  }
}
