package io.papi.config;

import io.papi.caller.Callers;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Reads the settings of the HTTP server. */
final class HttpReader {
  private static final Key<Integer> PORT = Key.of("port", Type.whole(0, 65_535));
  private static final Key<Integer> ADMIN_PORT = Key.of("admin-port", Type.whole(0, 65_535));
  static final Key<Integer> MAX_IDS = Key.of("max-ids", Type.whole(1, 10_000));
  private static final Key<Integer> MAX_CONNECTIONS =
      Key.of("max-connections", Type.whole(1, 1_000_000));
  static final Key<Duration> DEADLINE =
      Key.of("deadline", Type.duration(Duration.ofMillis(1), Duration.ofMinutes(1)));
  private static final Key<Double> ACCESS_LOG_SAMPLE =
      Key.of("access-log-sample", Type.fraction(1));

  static final List<Key<?>> KEYS =
      List.of(PORT, ADMIN_PORT, MAX_IDS, MAX_CONNECTIONS, DEADLINE, ACCESS_LOG_SAMPLE);

  private HttpReader() {}

  /**
   * @param storeConnections the most connections to the store, for which descriptors are kept free
   * @param callers who may call
   */
  static HttpSettings read(Section root, int storeConnections, Callers callers) {
    int port = root.get(PORT);
    int adminPort = root.get(ADMIN_PORT);
    if (port != 0 && port == adminPort) {
      throw root.refusal(ADMIN_PORT, " is " + port + ", as port is: give one of them another");
    }
    return new HttpSettings(
        port,
        adminPort,
        OptionalInt.empty(),
        root.get(MAX_IDS),
        root.get(MAX_CONNECTIONS),
        storeConnections,
        root.get(DEADLINE),
        root.get(ACCESS_LOG_SAMPLE),
        callers,
        ExposureReader.read(root));
  }
}
