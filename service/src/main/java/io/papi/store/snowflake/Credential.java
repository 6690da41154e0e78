package io.papi.store.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Sha256;
import io.papi.secret.Secret;
import io.papi.secret.SecretFile;
import io.papi.secret.UnusableSecretException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What one sign-in proves itself with, read from its file where it is in one. Immutable.
 *
 * @param properties what the driver is told
 * @param secrets what no message may show
 */
record Credential(Map<String, Object> properties, List<Secret> secrets) {

  Credential {
    properties = Map.copyOf(properties);
    secrets = List.copyOf(secrets);
  }

  /**
   * Reads the credential as it is now.
   *
   * @throws SignInRefusedException if its file cannot be used; the message says why
   */
  static Credential of(SignIn signIn) throws SignInRefusedException {
    try {
      return switch (signIn) {
        case SignIn.SessionToken token -> {
          String text = SecretFile.read(token.file());
          yield new Credential(
              Map.of("authenticator", "oauth", "token", text), List.of(new Secret(text)));
        }
        case SignIn.PrivateKey key -> {
          PrivateKey read = PrivateKeyFile.read(key.file(), key.passphrase());
          String text = Base64.getEncoder().encodeToString(read.getEncoded());
          yield new Credential(
              Map.of("authenticator", "snowflake_jwt", "user", key.user(), "privateKey", read),
              List.of(new Secret(text), key.passphrase().orElse(new Secret(text))));
        }
        case SignIn.AccessToken(String user, Secret token) ->
            new Credential(
                Map.of(
                    "authenticator",
                    "programmatic_access_token",
                    "user",
                    user,
                    "token",
                    token.reveal()),
                List.of(token));
        case SignIn.Password(String user, Secret password) ->
            new Credential(Map.of("user", user, "password", password.reveal()), List.of(password));
      };
    } catch (UnusableSecretException e) {
      throw SignInRefusedException.of(e);
    }
  }

  void addTo(Properties driver) {
    driver.putAll(properties);
  }

  /** What tells this credential from others, and does not reveal it. */
  String fingerprint() {
    var digest = Sha256.digest();
    secrets.forEach(secret -> digest.update(secret.reveal().getBytes(UTF_8)));
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** A driver's or a server's message, without the secrets. */
  String withoutSecrets(String message) {
    return Redaction.of(message, secrets);
  }
}
