package io.papi.config;

import io.papi.caller.KeyHash;
import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.http.Exposure;
import io.papi.http.tls.IdentityFiles;
import io.papi.http.tls.UnusableIdentityException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads to whom the ports are open. */
final class ExposureReader {
  private static final Key<InetAddress> HOST = Key.of("host", Type.address());
  private static final Key<InetAddress> ADMIN_HOST = Key.of("admin-host", Type.address());
  private static final Key<List<String>> ADMIN_KEYS =
      Key.of("admin-keys-sha256", CallerReader.HASHES);
  private static final Key<List<String>> HOST_NAMES =
      Key.of(
          "host-names",
          Type.list(
              Type.text(
                  Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*"),
                  "a name such as papi.example.com or *.example.com, without a port")));
  private static final Key<Path> CERTIFICATE = Key.of("tls-certificate-file", Type.file());
  private static final Key<Path> PRIVATE_KEY = Key.of("tls-private-key-file", Type.file());

  static final List<Key<?>> KEYS =
      List.of(HOST, ADMIN_HOST, ADMIN_KEYS, HOST_NAMES, CERTIFICATE, PRIVATE_KEY);

  private ExposureReader() {}

  /**
   * @throws ConfigurationException if an address, a name or the certificate cannot be used
   */
  static Exposure read(Section root) {
    return new Exposure(
        root.get(HOST),
        root.get(ADMIN_HOST),
        adminKeys(root),
        root.find(HOST_NAMES).orElse(List.of()),
        CorsReader.readAll(root),
        tls(root));
  }

  private static List<KeyHash> adminKeys(Section root) {
    List<KeyHash> keys =
        root.find(ADMIN_KEYS).orElse(List.of()).stream().map(KeyHash::ofHex).toList();
    if (keys.stream().anyMatch(KeyHash.of("")::isSame)) {
      throw root.refusal(ADMIN_KEYS, " has the hash of an empty key");
    }
    return keys;
  }

  private static Optional<IdentityFiles> tls(Section root) {
    Optional<Path> certificate = root.find(CERTIFICATE);
    Optional<Path> privateKey = root.find(PRIVATE_KEY);
    if (certificate.isEmpty() && privateKey.isEmpty()) {
      return Optional.empty();
    }
    IdentityFiles files =
        new IdentityFiles(
            certificate.orElseThrow(() -> missing(root, PRIVATE_KEY, CERTIFICATE)),
            privateKey.orElseThrow(() -> missing(root, CERTIFICATE, PRIVATE_KEY)));
    try {
      var _ = files.read();
      return Optional.of(files);
    } catch (UnusableIdentityException e) {
      throw root.refusal(
          switch (e.part()) {
            case CERTIFICATE -> CERTIFICATE;
            case PRIVATE_KEY -> PRIVATE_KEY;
          },
          ": " + e.getMessage());
    }
  }

  private static ConfigurationException missing(Section root, Key<?> given, Key<?> missing) {
    return root.refusal(given, " needs " + root.pathAndVariable(missing) + ", which is not set");
  }
}
