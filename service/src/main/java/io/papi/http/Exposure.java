package io.papi.http;

import io.papi.caller.KeyHash;
import io.papi.http.tls.IdentityFiles;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To whom the ports are open.
 *
 * @param host the address of this machine on which callers are served; the wildcard is all of them
 * @param adminHost the same for operators
 * @param adminKeys the hashes of the keys with which operators may change something from another
 *     machine
 * @param hostNames the names by which browsers call the service, besides its addresses
 * @param corsOrigins the origins of other sites whose pages may read a dataset or query, by its
 *     name; {@code *} is all of them
 * @param tls the files of the certificate that callers are shown; without them they do not speak
 *     TLS
 */
public record Exposure(
    InetAddress host,
    InetAddress adminHost,
    List<KeyHash> adminKeys,
    List<String> hostNames,
    Map<String, List<String>> corsOrigins,
    Optional<IdentityFiles> tls) {

  /** To callers on this machine, without TLS. */
  public static final Exposure LOCAL =
      new Exposure(
          InetAddress.getLoopbackAddress(),
          InetAddress.getLoopbackAddress(),
          List.of(),
          List.of(),
          Map.of(),
          Optional.empty());

  public Exposure {
    adminKeys = List.copyOf(adminKeys);
    hostNames = List.copyOf(hostNames);
    corsOrigins = Map.copyOf(corsOrigins);
  }
}
