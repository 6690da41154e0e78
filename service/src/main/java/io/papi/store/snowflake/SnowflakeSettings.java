package io.papi.store.snowflake;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.StoreIdentity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the sessions with Snowflake.
 *
 * @param account the account's identifier
 * @param server {@code https://host:port}, or {@code http} for an emulator on this machine
 * @param silence how long the server may be silent within an exchange; the driver asks a second
 *     time after it, so a statement that hangs ends after twice that
 */
public record SnowflakeSettings(
    String account, URI server, Context context, SignIn signIn, Duration silence) {

  /**
   * Where a session begins.
   *
   * @param warehouse empty where the container service or the user has one
   * @param role empty for the user's default
   */
  public record Context(
      String database, String schema, Optional<String> warehouse, Optional<String> role) {

    public Context {
      requireNonNull(database, "database is null");
      requireNonNull(schema, "schema is null");
      requireNonNull(warehouse, "warehouse is null");
      requireNonNull(role, "role is null");
    }
  }

  public SnowflakeSettings {
    requireNonNull(account, "account is null");
    requireNonNull(server, "server is null");
    requireNonNull(context, "context is null");
    requireNonNull(signIn, "signIn is null");
    requireNonNull(silence, "silence is null");
  }

  /**
   * What decides which rows a statement sees: where it runs, which table an unqualified name means,
   * and for whom, since masking and row access policies go by user and role. The warehouse does not
   * decide it.
   */
  public StoreIdentity identity() {
    return new StoreIdentity(
        List.of(
            "snowflake",
            server.toString(),
            account,
            signIn.asWhom(),
            context.role().orElse(""),
            context.database(),
            context.schema()));
  }
}
