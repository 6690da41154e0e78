package io.papi.config.tree;

import java.nio.file.Path;

/**
 * Where a part of the configuration was written.
 *
 * @param shown a file with the number of the line, or the name of a variable; empty for what is
 *     built in
 * @param base the folder that a relative path there starts from
 */
public record Origin(String shown, Path base) {
  /** What relative paths start from that no file holds: the folder in which the service started. */
  static final Path HERE = Path.of("");

  static final Origin BUILT_IN = new Origin("", HERE);

  static Origin ofVariable(String name) {
    return new Origin(name, HERE);
  }

  /** {@code message}, after the place that it is about. */
  String before(String message) {
    return shown.isEmpty() ? message : shown + ": " + message;
  }
}
