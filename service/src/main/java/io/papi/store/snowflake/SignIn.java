package io.papi.store.snowflake;

import static java.util.Objects.requireNonNull;

import io.papi.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** How a session proves who it is. Immutable; no secret is in {@code toString}. */
public sealed interface SignIn {

  /**
   * The user and the way of signing in: an access token may be bound to a role of its own. No
   * secret.
   */
  default String asWhom() {
    return switch (this) {
      case SessionToken token -> "session token of service " + token.service();
      case PrivateKey key -> "private key of " + key.user();
      case AccessToken token -> "access token of " + token.user();
      case Password password -> "password of " + password.user();
    };
  }

  /** Where to look when it is refused. */
  default String advice() {
    return switch (this) {
      case SessionToken token ->
          "Look at " + token.file() + ", which the container service writes anew every few minutes";
      case PrivateKey key ->
          "Look at the user's name and RSA_PUBLIC_KEY, which has to belong to "
              + key.file()
              + ", and at this machine's clock";
      case AccessToken _ ->
          "Look at the user's name, whether the token has expired, its role, and the network"
              + " policy";
      case Password _ ->
          "Look at the user's name and password, and whether Snowflake has locked the user";
    };
  }

  /**
   * The token that Snowpark Container Services keeps in a file, rewritten every few minutes. It is
   * read for every session.
   *
   * @param service the name of the service, which is the user
   */
  record SessionToken(Path file, String service) implements SignIn {

    public SessionToken {
      requireNonNull(file, "file is null");
      requireNonNull(service, "service is null");
    }
  }

  /**
   * A user's private key.
   *
   * @param file PKCS#8 in PEM form
   * @param passphrase of an encrypted key
   */
  record PrivateKey(String user, Path file, Optional<Secret> passphrase) implements SignIn {

    public PrivateKey {
      requireNonNull(user, "user is null");
      requireNonNull(file, "file is null");
      requireNonNull(passphrase, "passphrase is null");
    }
  }

  /** A user's programmatic access token. */
  record AccessToken(String user, Secret token) implements SignIn {

    public AccessToken {
      requireNonNull(user, "user is null");
      requireNonNull(token, "token is null");
    }
  }

  /** A user's password. */
  record Password(String user, Secret password) implements SignIn {

    public Password {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }
  }
}
