package io.papi.config.tree;

import java.util.regex.Pattern;

/**
 * The variables that Kubernetes sets in every pod for every Service of its namespace: of a Service
 * named {@code papi} there are {@code PAPI_SERVICE_HOST}, {@code PAPI_SERVICE_PORT_HTTP}, {@code
 * PAPI_PORT=tcp://10.96.0.12:8001}, {@code PAPI_PORT_8001_TCP_ADDR} and more. They look like keys
 * of this service, and one even has the name of a key.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/">Kubernetes:
 *     discovering services by environment variables</a>
 */
final class ServiceLinks {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
  private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://\\S+");
  private static final Pattern PROTOCOL = Pattern.compile("tcp|udp|sctp");

  /** The number of a port with its protocol, as in {@code PAPI_PORT_8001_TCP}. */
  private static final String PORT = "\\w+_PORT_[0-9]{1,5}_(TCP|UDP|SCTP)";

  private enum Kind {
    HOST("\\w+_SERVICE_HOST", ADDRESS),
    SERVICE_PORT("\\w+_SERVICE_PORT(_\\w+)?", NUMBER),
    LINK("\\w+_PORT", URL),
    PORT_LINK(PORT, URL),
    PORT_PROTOCOL(PORT + "_PROTO", PROTOCOL),
    PORT_NUMBER(PORT + "_PORT", NUMBER),
    PORT_ADDRESS(PORT + "_ADDR", ADDRESS);

    private final Pattern name;
    private final Pattern value;

    Kind(String name, Pattern value) {
      this.name = Pattern.compile(name);
      this.value = value;
    }

    private boolean fits(String variable, String text) {
      return name.matcher(variable).matches() && value.matcher(text).matches();
    }
  }

  private ServiceLinks() {}

  /** Whether both name and value are those of a service link: a key keeps any other value. */
  static boolean isOne(String variable, String value) {
    for (Kind kind : Kind.values()) {
      if (kind.fits(variable, value)) {
        return true;
      }
    }
    return false;
  }
}
