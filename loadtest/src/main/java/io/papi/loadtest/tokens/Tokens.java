package io.papi.loadtest.tokens;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Makes token sources out of the environment, whose variables are those of the service: {@code
 * SNOWFLAKE_ACCOUNT}, {@code _HOST}, {@code _PORT}, {@code _PROTOCOL}, {@code _USER}, {@code
 * _ROLE}, {@code _PRIVATE_KEY_FILE}, {@code _PRIVATE_KEY_PASSPHRASE}, {@code _TOKEN}; the last two
 * may be in a file, {@code …_FILE}.
 */
public final class Tokens {
  private static final String PREFIX = "SNOWFLAKE_";

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Executor executor;

  Tokens(Map<String, String> environment, InstantSource clock, Executor executor) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.executor = executor;
  }

  /** Token sources by this process's environment, which renew in threads of their own. */
  public static Tokens ofSystem() {
    return new Tokens(System.getenv(), InstantSource.system(), Thread::startVirtualThread);
  }

  /**
   * A source of tokens for one endpoint.
   *
   * @param endpoint the public endpoint to call
   * @throws TokenException if a variable is missing or not allowed
   */
  public TokenSource source(SignIn way, URI endpoint) {
    Transport.checked(endpoint);
    return switch (way) {
      case KEY_PAIR -> renewed(keyPair(), endpoint);
      case PAT_EXCHANGE -> renewed(new PatGrant(pat()), endpoint);
      case PAT -> {
        AccessToken pat = pat();
        yield () -> pat;
      }
    };
  }

  private TokenSource renewed(Grant grant, URI endpoint) {
    TokenExchange exchange =
        new TokenExchange(
            new TokenEndpoint(account()), grant, optional("ROLE"), endpoint.getHost(), clock);
    return new RenewedToken(exchange, clock, executor);
  }

  private Grant keyPair() {
    Path file = Path.of(needed("PRIVATE_KEY_FILE"));
    return new KeyPairGrant(
        new Account(needed("ACCOUNT")),
        needed("USER"),
        PrivateKeys.read(file, secret("PRIVATE_KEY_PASSPHRASE")));
  }

  private AccessToken pat() {
    return new AccessToken(secret("TOKEN").orElseThrow(() -> missing("TOKEN")));
  }

  private URI account() {
    String host = optional("HOST").orElseGet(() -> new Account(needed("ACCOUNT")).host());
    return URI.create(
        optional("PROTOCOL").orElse("https") + "://" + host + ":" + optional("PORT").orElse("443"));
  }

  private Optional<String> secret(String name) {
    Optional<String> file = optional(name + "_FILE");
    if (file.isEmpty()) {
      return optional(name);
    }
    if (optional(name).isPresent()) {
      throw new TokenException(
          PREFIX + name + " and " + PREFIX + name + "_FILE are set: there is one");
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip());
    } catch (IOException e) {
      throw new TokenException(PREFIX + name + "_FILE: " + file.get() + " cannot be read", e);
    }
  }

  private String needed(String name) {
    return optional(name).orElseThrow(() -> missing(name));
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(environment.get(PREFIX + name)).filter(text -> !text.isBlank());
  }

  private static TokenException missing(String name) {
    return new TokenException(PREFIX + name + " is not set");
  }
}
