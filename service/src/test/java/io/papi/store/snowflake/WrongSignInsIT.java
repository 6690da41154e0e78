package io.papi.store.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.secret.Secret;
import io.papi.testing.CapturedLog;
import io.papi.testing.ManualTicker;
import io.papi.testing.PemFiles;
import io.papi.testing.SnowflakeStandIn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said of a sign-in that Snowflake refuses: by whom, for which account and user, in which
 * way, in its own words and with where to look; once, and never with the secret that these words
 * repeat.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongSignInsIT {
  private static final String SECRET = "open-sesame-of-papi";

  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(new JdbcDataSource());
  private Path token = Path.of("");
  private Path key = Path.of("");

  @BeforeAll
  void makeFiles(@TempDir Path directory) throws Exception {
    token = Files.writeString(directory.resolve("token"), SECRET + "\n");
    key = PemFiles.write(directory);
  }

  @AfterAll
  void stop() {
    snowflake.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password|390100|Incorrect username or password was specified.|and password",
        "password|390102|Your user account has been temporarily locked|locked the user",
        "password|390101|User access disabled: %s|user's name",
        "password|390189|Role 'READER' specified in the connect string is not granted|READER",
        "password|390422|Incoming request with IP 10.0.0.1 is not allowed|10.0.0.1",
        "access token|390303|Invalid OAuth access token %s|whether the token has expired",
        "access token|390318|Programmatic access token %s has expired.|has expired",
        "access token|394400|Network policy is required for '%s'|network policy",
        "private key|390144|JWT token is invalid. [%s]|RSA_PUBLIC_KEY",
        "private key|394304|JWT %s: issued in the future|clock",
        "session token|390195|The token [%s] you have provided is invalid|container service",
        "session token|390303|Invalid OAuth access token. %s|container service",
      })
  void refused_isSaidOnce_withWhatToLookAt_withoutTheSecret(
      String way, String code, String words, String advice) {
    snowflake.refuse(
        code,
        sent -> words.formatted(sent.path("TOKEN").asString(sent.path("PASSWORD").asString(""))));
    ManualTicker ticker = new ManualTicker();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    SnowflakeDataSource source = new SnowflakeDataSource(settings(signIn(way)), meters, ticker);
    int before = snowflake.signIns().size();
    try (CapturedLog log = CapturedLog.open()) {
      for (int second = 0; second < 50; second++) {
        assertThatThrownBy(source::getConnection)
            .isInstanceOf(SignInRefusedException.class)
            .hasNoCause()
            .satisfies(e -> assertThat(e.toString()).doesNotContain("sesame", "eyJ"));
        ticker.advance(Duration.ofSeconds(1));
      }
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains(
              "sign-in refused by Snowflake at http://127.0.0.1:" + snowflake.port(),
              "account standin",
              way + " of ",
              words.split("%s|\\[", 2)[0].strip(),
              "(code " + code + ")",
              advice)
          .doesNotContain("sesame", "eyJ");
    }
    assertThat(meters.get("papi.sign.in").tag("outcome", "refused").timer().count()).isEqualTo(3);
    // after some codes the driver asks once more by itself
    assertThat(snowflake.signIns().size() - before).isBetween(3, 6);
    assertThat(source.isRefused()).isTrue();
  }

  private SignIn signIn(String way) {
    return switch (way) {
      case "password" -> new SignIn.Password("papi", new Secret(SECRET));
      case "access token" -> new SignIn.AccessToken("papi", new Secret(SECRET));
      case "private key" -> new SignIn.PrivateKey("papi", key, Optional.empty());
      case "session token" -> new SignIn.SessionToken(token, "API");
      default -> throw new IllegalArgumentException(way);
    };
  }

  private SnowflakeSettings settings(SignIn signIn) {
    return new SnowflakeSettings(
        "standin",
        URI.create("http://127.0.0.1:" + snowflake.port()),
        new SnowflakeSettings.Context("API", "DATA", Optional.empty(), Optional.empty()),
        signIn,
        Duration.ofMillis(1_500));
  }
}
