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
import java.util.stream.Stream;

/** Turns the keys under {@code snowflake} into the settings of its sessions. */
final class SnowflakeReader {
  static final String ACCOUNT = "snowflake.account";

  private static final String HOST = "snowflake.host";
  private static final String PROTOCOL = "snowflake.protocol";
  private static final String USER = "snowflake.user";
  private static final String PASSWORD = "snowflake.password";
  private static final String KEY_FILE = "snowflake.private-key-file";
  private static final String KEY_PASSPHRASE = "snowflake.private-key-passphrase";
  private static final String TOKEN = "snowflake.token";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern HTTP = Pattern.compile("https?");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}");
  private static final String ENCRYPTED = "ENCRYPTED";

  private final Values values;
  private final Path sessionToken;

  /**
   * @param sessionToken where the container service keeps its token
   */
  SnowflakeReader(Values values, Path sessionToken) {
    this.values = values;
    this.sessionToken = sessionToken;
  }

  SnowflakeSettings read() {
    String account = values.text(ACCOUNT, NAME, "an account's identifier");
    String host =
        values.optional(HOST).isPresent()
            ? values.text(HOST, NAME, "a host's name")
            : account + ".snowflakecomputing.com";
    String protocol = values.text(PROTOCOL, HTTP, "https or http");
    if (protocol.equals("http") && !LOOPBACK.matcher(host).matches()) {
      throw new ConfigurationException(
          PROTOCOL + " is http, which is for an emulator on this machine, not for " + host);
    }
    int port = values.whole("snowflake.port", 1, 65_535);
    return new SnowflakeSettings(
        account,
        URI.create(protocol + "://" + host + ":" + port),
        new Context(
            values.text("snowflake.database"),
            values.text("snowflake.schema"),
            values.optional("snowflake.warehouse"),
            values.optional("snowflake.role")),
        signIn(),
        values.duration("store-silence", Duration.ofMillis(100), Duration.ofMinutes(1)));
  }

  private SignIn signIn() {
    List<String> ways =
        Stream.of(PASSWORD, KEY_FILE, TOKEN)
            .filter(key -> values.optional(key).isPresent())
            .toList();
    if (ways.size() > 1) {
      throw new ConfigurationException(
          String.join(" and ", ways) + " are set: there is one way to sign in");
    }
    if (values.optional(KEY_PASSPHRASE).isPresent() && !ways.contains(KEY_FILE)) {
      throw new ConfigurationException(KEY_PASSPHRASE + " is set, " + KEY_FILE + " is not");
    }
    if (ways.isEmpty()) {
      return sessionToken();
    }
    String user =
        values
            .optional(USER)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        ways.getFirst() + " is set, but " + named(USER) + " is not"));
    return switch (ways.getFirst()) {
      case PASSWORD -> new SignIn.Password(user, new Secret(values.text(PASSWORD)));
      case TOKEN -> new SignIn.AccessToken(user, new Secret(values.text(TOKEN)));
      case KEY_FILE -> privateKey(user);
      default -> throw new IllegalStateException("there is no other way");
    };
  }

  private SignIn sessionToken() {
    String none =
        "none of " + named(PASSWORD) + ", " + named(KEY_FILE) + " and " + named(TOKEN) + " is set";
    if (values.optional(USER).isPresent()) {
      throw new ConfigurationException(USER + " is set, but " + none);
    }
    if (!Files.exists(sessionToken)) {
      throw new ConfigurationException(
          "store is snowflake, but there is no way to sign in: "
              + sessionToken
              + " does not exist, and "
              + none);
    }
    return new SignIn.SessionToken(
        sessionToken, values.optional("snowflake.service-name").orElse(""));
  }

  private SignIn privateKey(String user) {
    Path file = Path.of(values.text(KEY_FILE));
    Optional<Secret> passphrase = values.optional(KEY_PASSPHRASE).map(Secret::new);
    String key;
    try {
      key = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationException(KEY_FILE + ": " + file + " cannot be read");
    }
    if (key.contains(ENCRYPTED) && passphrase.isEmpty()) {
      throw new ConfigurationException(
          KEY_FILE + ": the key is encrypted, but " + named(KEY_PASSPHRASE) + " is not set");
    }
    return new SignIn.PrivateKey(user, file, passphrase);
  }

  private static String named(String key) {
    return key + " (" + Layers.variable(key) + ")";
  }
}
