package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a Redis server says of itself.
 *
 * @param usedBytes the memory that it uses
 * @param maxBytes the memory that it may use; 0 is no limit
 * @param evicted the values that it has evicted since it started
 * @param role whether it takes writes
 */
record ServerState(double usedBytes, double maxBytes, double evicted, Role role) {

  /** Nothing is known; the numbers are none. */
  static final ServerState UNKNOWN =
      new ServerState(Double.NaN, Double.NaN, Double.NaN, Role.UNKNOWN);

  /** The part of a server. */
  enum Role {
    PRIMARY,
    REPLICA,
    UNKNOWN
  }

  /**
   * Reads what {@code INFO} answered, in so many sections. A section that it may not tell, or a
   * line that it does not have, is not known.
   */
  static ServerState of(List<?> sections) {
    Map<String, String> lines = new HashMap<>();
    for (Object section : sections) {
      if (section instanceof byte[] text) {
        read(new String(text, UTF_8), lines);
      }
    }
    return new ServerState(
        number(lines, "used_memory"),
        number(lines, "maxmemory"),
        number(lines, "evicted_keys"),
        switch (lines.getOrDefault("role", "")) {
          case "master" -> Role.PRIMARY;
          case "slave" -> Role.REPLICA;
          default -> Role.UNKNOWN;
        });
  }

  /** Whether there is a section that the server would not tell. */
  static boolean isRefused(List<?> sections) {
    return sections.stream().anyMatch(JedisDataException.class::isInstance);
  }

  private static void read(String section, Map<String, String> lines) {
    section
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
  }

  private static double number(Map<String, String> lines, String name) {
    String digits = lines.getOrDefault(name, "");
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : Double.NaN;
  }
}
