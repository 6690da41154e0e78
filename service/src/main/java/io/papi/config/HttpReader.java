package io.papi.config;

import io.papi.caller.Callers;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.http.Exposure;
import io.papi.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Reads the settings of the HTTP server. */
final class HttpReader {
  private static final Key<Integer> PORT = Key.of("port", Type.whole(0, 65_535));
  private static final Key<Integer> ADMIN_PORT = Key.of("admin-port", Type.whole(0, 65_535));
  static final Key<Integer> INGRESS_PORT = Key.of("ingress-port", Type.whole(0, 65_535));
  static final Key<Integer> MAX_IDS = Key.of("max-ids", Type.whole(1, 10_000));
  private static final Key<Integer> MAX_IDS_IN_BODY =
      Key.of("max-ids-in-body", Type.whole(1, 10_000));
  private static final Key<Integer> MAX_CONNECTIONS =
      Key.of("max-connections", Type.whole(1, 1_000_000));
  static final Key<Duration> DEADLINE =
      Key.of("deadline", Type.duration(Duration.ofMillis(1), Duration.ofMinutes(1)));
  private static final Key<Double> ACCESS_LOG_SAMPLE =
      Key.of("access-log-sample", Type.fraction(1));

  static final List<Key<?>> KEYS =
      List.of(
          PORT,
          ADMIN_PORT,
          INGRESS_PORT,
          MAX_IDS,
          MAX_IDS_IN_BODY,
          MAX_CONNECTIONS,
          DEADLINE,
          ACCESS_LOG_SAMPLE);

  private HttpReader() {}

  /**
   * @param storeConnections the most connections to the store, for which descriptors are kept free
   * @param bodyBytes what the bodies of requests may take together
   * @param callers who may call
   */
  static HttpSettings read(Section root, int storeConnections, long bodyBytes, Callers callers) {
    int port = root.get(PORT);
    int adminPort = root.get(ADMIN_PORT);
    if (port != 0 && port == adminPort) {
      throw root.refusal(ADMIN_PORT, " is " + port + ", as port is: give one of them another");
    }
    OptionalInt ingressPort =
        root.find(INGRESS_PORT).stream().mapToInt(Integer::intValue).findFirst();
    ingressPort.ifPresent(
        ingress -> {
          if (ingress != 0 && (ingress == port || ingress == adminPort)) {
            throw root.refusal(
                INGRESS_PORT, " is " + ingress + ", as another port is: give one of them another");
          }
        });
    Exposure exposure = ExposureReader.read(root);
    if (ingressPort.isPresent() && exposure.tls().isPresent()) {
      throw root.refusal(
          INGRESS_PORT,
          " is set beside tls-certificate-file, but the container service's ingress speaks no TLS"
              + " to it: leave one of them out");
    }
    return new HttpSettings(
        port,
        adminPort,
        ingressPort,
        root.get(MAX_IDS),
        // more could never wait for the store together
        Math.min(root.get(MAX_IDS_IN_BODY), root.get(StoreReader.MAX_PENDING)),
        bodyBytes,
        root.get(MAX_CONNECTIONS),
        storeConnections,
        root.get(DEADLINE),
        root.get(ACCESS_LOG_SAMPLE),
        callers,
        exposure);
  }
}
