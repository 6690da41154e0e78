package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.secret.Secret;
import io.papi.secret.UnusableSecretException;
import io.papi.store.snowflake.PrivateKeyFile;
import io.papi.store.snowflake.SignIn;
import io.papi.store.snowflake.SnowflakeSettings;
import io.papi.store.snowflake.SnowflakeSettings.Context;
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

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}");

  private enum Protocol {
    HTTPS,
    HTTP
  }

  static final Key<String> ACCOUNT = Key.of("account", SnowflakeAddress.account());
  private static final Key<String> HOST = Key.of("host", SnowflakeAddress.host());
  private static final Key<Integer> PORT = Key.of("port", Type.whole(1, 65_535));
  private static final Key<Protocol> PROTOCOL = Key.of("protocol", Type.oneOf(Protocol.class));
  private static final Key<String> DATABASE = Key.of("database", Type.text());
  private static final Key<String> SCHEMA = Key.of("schema", Type.text());
  private static final Key<String> WAREHOUSE = Key.of("warehouse", Type.text());
  private static final Key<String> ROLE = Key.of("role", Type.text());
  private static final Key<String> USER = Key.of("user", Type.text());
  private static final Key<String> PASSWORD = Key.secret("password", Type.secret());
  private static final Key<Path> KEY_FILE = Key.of("private-key-file", Type.file());
  private static final Key<String> KEY_PASSPHRASE =
      Key.secret("private-key-passphrase", Type.secret());
  private static final Key<String> SERVICE_NAME = Key.of("service-name", Type.text());
  private static final Key<String> TOKEN = Key.secret("token", Type.visibleSecret());

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

  /**
   * @throws ConfigurationException that says everything that is missing or does not fit
   */
  SnowflakeSettings read(Duration silence) {
    Problems.ofAll(
        () -> section.check(SHAPE.keys()),
        () -> section.get(ACCOUNT),
        this::checkServer,
        this::signIn);
    return new SnowflakeSettings(
        section.get(ACCOUNT),
        server(),
        new Context(
            section.get(DATABASE),
            section.get(SCHEMA),
            section.find(WAREHOUSE),
            section.find(ROLE)),
        signIn(),
        silence);
  }

  private void checkServer() {
    section.get(PORT);
    // without a host the missing account is told
    host().ifPresent(this::protocol);
  }

  private URI server() {
    String host = host().orElseThrow();
    return URI.create(protocol(host) + "://" + host + ":" + section.get(PORT));
  }

  private Optional<String> host() {
    return section.find(HOST).or(() -> section.find(ACCOUNT).map(SnowflakeAddress::hostOf));
  }

  private String protocol(String host) {
    return switch (section.get(PROTOCOL)) {
      case HTTPS -> "https";
      case HTTP -> {
        if (!LOOPBACK.matcher(host).matches()) {
          throw section.refusal(
              PROTOCOL, " is http, which is for an emulator on this machine, not for " + host);
        }
        yield "http";
      }
    };
  }

  private SignIn signIn() {
    List<Key<?>> ways =
        Stream.<Key<?>>of(PASSWORD, KEY_FILE, TOKEN).filter(section::isGiven).toList();
    if (ways.size() > 1) {
      throw new ConfigurationException(
          ways.stream().map(section::place).collect(Collectors.joining(" and "))
              + " are set: there is one way to sign in, leave the others out");
    }
    if (section.isGiven(KEY_PASSPHRASE) && !ways.contains(KEY_FILE)) {
      throw section.refusal(
          KEY_PASSPHRASE, " is set, but " + section.pathAndVariable(KEY_FILE) + " is not");
    }
    return ways.isEmpty() ? sessionToken() : ofUser(ways.getFirst());
  }

  private SignIn ofUser(Key<?> way) {
    Problems.ofAll(() -> user(way), () -> section.find(way), () -> privateKeyIfAny(way));
    String user = user(way);
    if (way.equals(KEY_FILE)) {
      return new SignIn.PrivateKey(user, section.get(KEY_FILE), passphrase());
    }
    return way.equals(TOKEN)
        ? new SignIn.AccessToken(user, new Secret(section.get(TOKEN)))
        : new SignIn.Password(user, new Secret(section.get(PASSWORD)));
  }

  private String user(Key<?> way) {
    return section
        .find(USER)
        .orElseThrow(
            () ->
                section.refusal(way, " is set, but " + section.pathAndVariable(USER) + " is not"));
  }

  private Optional<Secret> passphrase() {
    return section.find(KEY_PASSPHRASE).map(Secret::new);
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
      throw section.refusal(USER, " is set, but " + none);
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

  /** Reads the key and signs with it, so that a start finds out what would fail every sign-in. */
  private void privateKeyIfAny(Key<?> way) {
    if (!way.equals(KEY_FILE)) {
      return;
    }
    try {
      PrivateKeyFile.read(section.get(KEY_FILE), passphrase());
    } catch (PrivateKeyFile.EncryptedException e) {
      throw section.refusal(
          KEY_FILE, ": " + e.getMessage() + ": set " + section.pathAndVariable(KEY_PASSPHRASE));
    } catch (UnusableSecretException e) {
      throw section.refusal(KEY_FILE, ": " + e.getMessage());
    }
  }
}
