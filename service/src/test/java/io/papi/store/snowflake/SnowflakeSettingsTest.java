package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.StoreIdentity;
import io.papi.secret.Secret;
import io.papi.store.snowflake.SnowflakeSettings.Context;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tells one store from another: all that decides which rows a statement sees. */
final class SnowflakeSettingsTest {
  private static final URI SERVER = URI.create("https://acme.snowflakecomputing.com:443");
  private static final Context CONTEXT =
      new Context("API", "DATA", Optional.of("WH"), Optional.of("READER"));
  private static final Path FILE = Path.of("/secret/file");
  private static final SignIn PASSWORD = new SignIn.Password("papi", new Secret("sesame"));

  @Test
  void identity_otherServerAccountUserRoleDatabaseOrSchema_isAnother() {
    assertThat(
            Stream.of(
                identity("acme", SERVER, CONTEXT, PASSWORD),
                identity("other", SERVER, CONTEXT, PASSWORD),
                identity("acme", URI.create("https://other:443"), CONTEXT, PASSWORD),
                identity(
                    "acme",
                    URI.create("https://acme.snowflakecomputing.com:444"),
                    CONTEXT,
                    PASSWORD),
                identity(
                    "acme",
                    URI.create("http://acme.snowflakecomputing.com:443"),
                    CONTEXT,
                    PASSWORD),
                identity("acme", SERVER, context("OTHER", "DATA", "READER"), PASSWORD),
                identity("acme", SERVER, context("API", "OTHER", "READER"), PASSWORD),
                identity("acme", SERVER, context("API", "DATA", "OTHER"), PASSWORD),
                identity("acme", SERVER, context("API", "DATA", ""), PASSWORD),
                identity(
                    "acme", SERVER, CONTEXT, new SignIn.Password("other", new Secret("sesame"))),
                identity(
                    "acme", SERVER, CONTEXT, new SignIn.AccessToken("papi", new Secret("sesame"))),
                identity(
                    "acme", SERVER, CONTEXT, new SignIn.PrivateKey("papi", FILE, Optional.empty())),
                identity("acme", SERVER, CONTEXT, new SignIn.SessionToken(FILE, "API")),
                identity("acme", SERVER, CONTEXT, new SignIn.SessionToken(FILE, "OTHER"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void identity_sameUserWithRenewedSecret_orOtherWarehouse_isTheSame() {
    StoreIdentity identity = identity("acme", SERVER, CONTEXT, PASSWORD);

    assertThat(
            identity("acme", SERVER, CONTEXT, new SignIn.Password("papi", new Secret("renewed"))))
        .isEqualTo(identity);
    assertThat(
            identity(
                "acme",
                SERVER,
                new Context("API", "DATA", Optional.empty(), Optional.of("READER")),
                PASSWORD))
        .isEqualTo(identity);
    assertThat(
            identity(
                "acme", SERVER, CONTEXT, new SignIn.PrivateKey("papi", FILE, Optional.empty())))
        .isEqualTo(
            identity(
                "acme",
                SERVER,
                CONTEXT,
                new SignIn.PrivateKey(
                    "papi", Path.of("/other"), Optional.of(new Secret("phrase")))));
  }

  @Test
  void identity_hasNoSecret() {
    assertThat(
            identity(
                    "acme",
                    SERVER,
                    CONTEXT,
                    new SignIn.PrivateKey("papi", FILE, Optional.of(new Secret("phrase"))))
                .toString())
        .doesNotContain("phrase", FILE.toString());
    assertThat(identity("acme", SERVER, CONTEXT, PASSWORD).toString()).doesNotContain("sesame");
  }

  private static StoreIdentity identity(
      String account, URI server, Context context, SignIn signIn) {
    return new SnowflakeSettings(account, server, context, signIn, Duration.ofSeconds(1))
        .identity();
  }

  private static Context context(String database, String schema, String role) {
    return new Context(
        database, schema, Optional.of("WH"), Optional.of(role).filter(name -> !name.isEmpty()));
  }
}
