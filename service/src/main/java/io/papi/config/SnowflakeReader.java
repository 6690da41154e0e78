package io.papi.config;

import io.papi.store.snowflake.Secret;
import io.papi.store.snowflake.SignIn;
import io.papi.store.snowflake.SnowflakeSettings;
import io.papi.store.snowflake.SnowflakeSettings.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how sessions with Snowflake are opened. */
final class SnowflakeReader {
  /** The section that holds its keys. */
  static final String SNOWFLAKE = "snowflake";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}");
  private static final String ENCRYPTED = "ENCRYPTED";

  private enum Protocol {
    HTTPS,
    HTTP
  }

  static final Key<String> ACCOUNT = Key.of("account", Type.text(NAME, "an account's identifier"));
  private static final Key<String> HOST = Key.of("host", Type.text(NAME, "a host's name"));
  private static final Key<Integer> PORT = Key.of("port", Type.whole(1, 65_535));
  private static final Key<Protocol> PROTOCOL = Key.of("protocol", Type.oneOf(Protocol.class));
  private static final Key<String> DATABASE = Key.of("database", Type.text());
  private static final Key<String> SCHEMA = Key.of("schema", Type.text());
  private static final Key<String> WAREHOUSE = Key.of("warehouse", Type.text());
  private static final Key<String> ROLE = Key.of("role", Type.text());
  private static final Key<String> USER = Key.of("user", Type.text());
  private static final Key<String> PASSWORD = Key.secret("password", Type.text());
  private static final Key<Path> KEY_FILE = Key.of("private-key-file", Type.file());
  private static final Key<String> KEY_PASSPHRASE =
      Key.secret("private-key-passphrase", Type.text());
  private static final Key<String> SERVICE_NAME = Key.of("service-name", Type.text());
  private static final Key<String> TOKEN = Key.secret("token", Type.text());

  static final Shape SHAPE =
      Shape.of(
          List.of(
              ACCOUNT,
              HOST,
              PORT,
              PROTOCOL,
              DATABASE,
              SCHEMA,
              WAREHOUSE,
              ROLE,
              USER,
              PASSWORD,
              KEY_FILE,
              KEY_PASSPHRASE,
              TOKEN,
              SERVICE_NAME));

  private final Section section;
  private final Path sessionToken;

  /**
   * @param sessionToken where the container service keeps its token
   */
  SnowflakeReader(Section root, Path sessionToken) {
    this.section = root.section(SNOWFLAKE);
    this.sessionToken = sessionToken;
  }

  SnowflakeSettings read(Duration silence) {
    String account = section.get(ACCOUNT);
    String host = section.find(HOST).orElse(account + ".snowflakecomputing.com");
    return new SnowflakeSettings(
        account,
        URI.create(protocol(host) + "://" + host + ":" + section.get(PORT)),
        new Context(
            section.get(DATABASE),
            section.get(SCHEMA),
            section.find(WAREHOUSE),
            section.find(ROLE)),
        signIn(),
        silence);
  }

  private String protocol(String host) {
    return switch (section.get(PROTOCOL)) {
      case HTTPS -> "https";
      case HTTP -> {
        if (!LOOPBACK.matcher(host).matches()) {
          throw new ConfigurationException(
              section.path(PROTOCOL.name())
                  + " is http, which is for an emulator on this machine, not for "
                  + host);
        }
        yield "http";
      }
    };
  }

  private SignIn signIn() {
    List<Key<?>> ways =
        Stream.<Key<?>>of(PASSWORD, KEY_FILE, TOKEN)
            .filter(key -> section.find(key).isPresent())
            .toList();
    if (ways.size() > 1) {
      throw new ConfigurationException(
          ways.stream().map(key -> section.path(key.name())).collect(Collectors.joining(" and "))
              + " are set: there is one way to sign in");
    }
    Optional<Secret> passphrase = section.find(KEY_PASSPHRASE).map(Secret::new);
    if (passphrase.isPresent() && !ways.contains(KEY_FILE)) {
      throw new ConfigurationException(
          section.path(KEY_PASSPHRASE.name())
              + " is set, "
              + section.path(KEY_FILE.name())
              + " is not");
    }
    return ways.isEmpty() ? sessionToken() : ofUser(ways.getFirst(), passphrase);
  }

  private SignIn ofUser(Key<?> way, Optional<Secret> passphrase) {
    String user =
        section
            .find(USER)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        section.path(way.name())
                            + " is set, but "
                            + section.pathAndVariable(USER)
                            + " is not"));
    if (way.equals(KEY_FILE)) {
      return privateKey(user, section.get(KEY_FILE), passphrase);
    }
    return way.equals(TOKEN)
        ? new SignIn.AccessToken(user, new Secret(section.get(TOKEN)))
        : new SignIn.Password(user, new Secret(section.get(PASSWORD)));
  }

  private SignIn sessionToken() {
    String none =
        "none of "
            + section.pathAndVariable(PASSWORD)
            + ", "
            + section.pathAndVariable(KEY_FILE)
            + " and "
            + section.pathAndVariable(TOKEN)
            + " is set";
    if (section.find(USER).isPresent()) {
      throw new ConfigurationException(section.path(USER.name()) + " is set, but " + none);
    }
    if (!Files.exists(sessionToken)) {
      throw new ConfigurationException(
          "store is snowflake, but there is no way to sign in: "
              + sessionToken
              + " does not exist, and "
              + none);
    }
    return new SignIn.SessionToken(sessionToken, section.find(SERVICE_NAME).orElse(""));
  }

  private SignIn privateKey(String user, Path file, Optional<Secret> passphrase) {
    String path = section.path(KEY_FILE.name());
    String key;
    try {
      key = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationException(path + ": " + file + " cannot be read");
    }
    if (key.contains(ENCRYPTED) && passphrase.isEmpty()) {
      throw new ConfigurationException(
          path
              + ": the key is encrypted, but "
              + section.pathAndVariable(KEY_PASSPHRASE)
              + " is not set");
    }
    return new SignIn.PrivateKey(user, file, passphrase);
  }
}
