package io.papi.store.snowflake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import io.papi.metrics.Metrics;
import io.papi.secret.Secret;
import io.papi.testing.CapturedLog;
import io.papi.testing.ManualTicker;
import io.papi.testing.PemFiles;
import io.papi.testing.SnowflakeStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import net.snowflake.client.internal.jdbc.SnowflakeConnectString;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the driver sends for each way of signing in. */
class SignInIT {
  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(new JdbcDataSource());
  private final Metrics metrics = new Metrics("test", Ticker.system());
  private final MeterRegistry meters = metrics.registry();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    snowflake.close();
    metrics.close();
  }

  @Test
  void sessionToken_isReadAnewAndTrimmed_withoutUser() throws Exception {
    Path file = directory.resolve("token");
    SnowflakeDataSource source = source(new SignIn.SessionToken(file, "API"));
    for (String token : new String[] {"first", "second"}) {
      Files.writeString(file, token + "\n");
      JsonNode sent = signIn(source);
      assertThat(sent.path("AUTHENTICATOR").asString()).isEqualToIgnoringCase("oauth");
      assertThat(sent.path("TOKEN").asString()).isEqualTo(token);
      assertThat(sent.path("LOGIN_NAME").asString("")).isEmpty();
    }
  }

  @Test
  void sessionToken_missingOrEmpty_failsWithoutACall() throws IOException {
    Path file = directory.resolve("token");
    SnowflakeDataSource source = source(new SignIn.SessionToken(file, "API"));
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cannot be read");
    Files.writeString(file, " \n");
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("is empty");
    assertThat(snowflake.signIns()).isEmpty();
    assertThat(count("refused")).isEqualTo(2);
  }

  @Test
  void sessionToken_age_isThatOfItsFile() throws IOException {
    Path file = directory.resolve("token");
    SnowflakeDataSource source = source(new SignIn.SessionToken(file, "API"));
    assertThat(tokenAge()).isInfinite();
    Files.writeString(file, "token");
    assertThat(tokenAge()).isBetween(0.0, 60.0);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_000)));
    assertThat(tokenAge()).isBetween(3_000.0, 3_060.0);
    assertThat(source).hasToString("snowflake");
  }

  @Test
  void signIns_areCountedByOutcome() throws Exception {
    ManualTicker ticker = new ManualTicker();
    SnowflakeDataSource source =
        source(new SignIn.Password("papi", new Secret("open sesame")), ticker);
    signIn(source);
    assertThat(count("ok")).isEqualTo(1);

    snowflake.acceptOnly(sent -> false);
    assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    assertThat(count("refused")).isEqualTo(1);
    assertThat(count("failed")).isZero();

    snowflake.close();
    ticker.advance(Duration.ofSeconds(1));
    assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    assertThat(count("refused")).isEqualTo(1);
    assertThat(count("failed")).isEqualTo(1);
    assertThat(meters.find("papi.session.token.age").gauge()).isNull();
  }

  @Test
  void accessToken_isSentAsOne() throws Exception {
    JsonNode sent = signIn(source(new SignIn.AccessToken("papi", new Secret("pat"))));
    assertThat(sent.path("AUTHENTICATOR").asString()).isEqualTo("PROGRAMMATIC_ACCESS_TOKEN");
    assertThat(sent.path("TOKEN").asString()).isEqualTo("pat");
    assertThat(sent.path("LOGIN_NAME").asString()).isEqualToIgnoringCase("papi");
  }

  @Test
  void password_isSentAsOne() throws Exception {
    JsonNode sent = signIn(source(new SignIn.Password("papi", new Secret("open sesame"))));
    assertThat(sent.path("PASSWORD").asString()).isEqualTo("open sesame");
    assertThat(sent.path("LOGIN_NAME").asString()).isEqualToIgnoringCase("papi");
  }

  @Test
  void privateKey_signsAToken() throws Exception {
    Path file = directory.resolve("key.p8");
    Files.writeString(file, PemFiles.pkcs8(PemFiles.rsa()));
    JsonNode sent = signIn(source(new SignIn.PrivateKey("papi", file, Optional.empty())));
    assertSigned(sent);
  }

  @Test
  void privateKey_encrypted_signsAToken() throws Exception {
    Path file = directory.resolve("key.p8");
    Files.writeString(file, PemFiles.encrypted(PemFiles.rsa(), "open sesame"));
    Secret secret = new Secret("open sesame");
    assertSigned(signIn(source(new SignIn.PrivateKey("papi", file, Optional.of(secret)))));
    Secret wrong = new Secret("close sesame");
    assertThatThrownBy(
            source(new SignIn.PrivateKey("papi", file, Optional.of(wrong)))::getConnection)
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("close sesame"));
  }

  @Test
  void rejectedSecret_isInNoMessage() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "session-token-of-the-platform\n");
    Path key = PemFiles.write(directory);
    snowflake.refuse(
        "390195", sent -> "rejected: " + shown(sent) + " and " + shown(sent).substring(3));
    Secret secret = new Secret("open-sesame");
    try (CapturedLog log = CapturedLog.open()) {
      for (SignIn signIn :
          new SignIn[] {
            new SignIn.Password("papi", secret),
            new SignIn.AccessToken("papi", secret),
            new SignIn.SessionToken(token, "API"),
            new SignIn.PrivateKey("papi", key, Optional.empty())
          }) {
        assertThatThrownBy(source(signIn)::getConnection)
            .isInstanceOf(SQLException.class)
            .hasNoCause()
            .satisfies(e -> assertThat(e.toString()).doesNotContain("sesame", "of-the-platform"));
        assertThat(signIn.toString()).doesNotContain("open-sesame");
      }
      assertThat(log.lines("sign-in refused")).hasSize(4);
      for (JsonNode sent : snowflake.signIns()) {
        assertThat(log.lines()).noneMatch(line -> line.contains(shown(sent).substring(3)));
      }
    }
  }

  private static String shown(JsonNode sent) {
    return sent.path("TOKEN").asString(sent.path("PASSWORD").asString(""));
  }

  @Test
  void refused_isTriedThreeTimes_andThenAfterMinutes() {
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    ManualTicker ticker = new ManualTicker();
    SnowflakeDataSource source =
        source(new SignIn.Password("papi", new Secret("open sesame")), ticker);
    for (int second = 0; second < 60; second++) {
      assertThatThrownBy(source::getConnection)
          .isInstanceOf(SignInRefusedException.class)
          .hasMessageContaining("Incorrect username");
      ticker.advance(Duration.ofSeconds(1));
    }
    assertThat(snowflake.signIns()).hasSize(3);
    assertThat(count("refused")).isEqualTo(3);
    assertThat(meters.get("papi.sign.in.refused").gauge().value()).isEqualTo(1);
    assertThat(source.isRefused()).isTrue();
  }

  @Test
  void refused_isOneLine_whichSaysWhatToLookAt_untilItIsAccepted() throws Exception {
    snowflake.refuse("390100", _ -> "Incorrect username or password was specified.");
    ManualTicker ticker = new ManualTicker();
    SnowflakeDataSource source =
        source(new SignIn.Password("papi", new Secret("open sesame")), ticker);
    try (CapturedLog log = CapturedLog.open()) {
      for (int minute = 0; minute < 30; minute++) {
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
        ticker.advance(Duration.ofMinutes(1));
      }
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains(
              "http://127.0.0.1:" + snowflake.port(),
              "account standin",
              "password of papi",
              "Incorrect username or password was specified. (code 390100)",
              "locked the user")
          .doesNotContain("sesame");
      snowflake.acceptOnly(_ -> true);
      ticker.advance(Duration.ofMinutes(10));
      signIn(source);
      assertThat(log.lines()).hasSize(2).last().asString().contains("signed in to Snowflake");
      assertThat(source.isRefused()).isFalse();
    }
  }

  @Test
  void refused_tokenFileWrittenAnew_isTriedAtOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "old");
    snowflake.acceptOnly(sent -> sent.path("TOKEN").asString().equals("new"));
    ManualTicker ticker = new ManualTicker();
    SnowflakeDataSource source = source(new SignIn.SessionToken(file, "API"), ticker);
    for (int i = 0; i < 9; i++) {
      assertThatThrownBy(source::getConnection).isInstanceOf(SignInRefusedException.class);
      ticker.advance(Duration.ofSeconds(1));
    }
    Files.writeString(file, "new");
    assertThat(signIn(source).path("TOKEN").asString()).isEqualTo("new");
  }

  @Test
  void unreachable_isNoRefusal_andIsSaidOnce() {
    SnowflakeDataSource source = source(new SignIn.Password("papi", new Secret("open sesame")));
    snowflake.close();
    try (CapturedLog log = CapturedLog.open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(source::getConnection)
            .isInstanceOf(SQLException.class)
            .isNotInstanceOf(SignInRefusedException.class);
      }
      assertThat(log.lines("cannot be reached")).hasSize(1);
      assertThat(log.lines()).noneMatch(line -> line.contains("sesame"));
    }
    assertThat(source.isRefused()).isFalse();
    assertThat(count("failed")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFtoken", "one\ntwo\n", " \n"})
  void sessionToken_notOneLineOfText_isNotSent(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), text);
    SnowflakeDataSource source = source(new SignIn.SessionToken(file, "API"));
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SignInRefusedException.class)
        .hasMessageContaining(file.toString());
    assertThat(snowflake.signIns()).isEmpty();
    assertThat(source.isRefused()).isTrue();
  }

  @Test
  void host_withUnderscores_isAskedForAsItIs() {
    Properties properties =
        SessionProperties.forLookups(settings(new SignIn.Password("papi", new Secret("sesame"))))
            .address();
    properties.setProperty("account", "my_acct");
    String url = "jdbc:snowflake://my_acct.privatelink.snowflakecomputing.com:443/";
    assertThat(SnowflakeConnectString.parse(url, properties).getHost())
        .isEqualTo("my_acct.privatelink.snowflakecomputing.com");
    properties.remove("allowUnderscoresInHost");
    assertThat(SnowflakeConnectString.parse(url, properties).getHost())
        .as("what the driver does by itself")
        .isEqualTo("my-acct.privatelink.snowflakecomputing.com");
  }

  private long count(String outcome) {
    return meters.get("papi.sign.in").tag("outcome", outcome).timer().count();
  }

  /** As the alert's expression names it. */
  private double tokenAge() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("papi_session_token_age_seconds "))
        .mapToDouble(
            line ->
                Double.parseDouble(
                    line.substring(line.lastIndexOf(' ') + 1).replace("+Inf", "Infinity")))
        .sum();
  }

  private static void assertSigned(JsonNode sent) {
    assertThat(sent.path("AUTHENTICATOR").asString()).isEqualTo("SNOWFLAKE_JWT");
    String[] token = sent.path("TOKEN").asString().split("\\.");
    assertThat(token).hasSize(3);
    String claims = new String(Base64.getUrlDecoder().decode(token[1]), US_ASCII);
    assertThat(claims).contains("\"sub\":\"STANDIN.PAPI\"", "STANDIN.PAPI.SHA256:");
  }

  private JsonNode signIn(SnowflakeDataSource source) throws SQLException {
    int before = snowflake.signIns().size();
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isClosed()).isFalse();
    }
    return snowflake.signIns().stream().skip(before).findFirst().orElseThrow();
  }

  private SnowflakeDataSource source(SignIn signIn) {
    return source(signIn, Ticker.system());
  }

  private SnowflakeDataSource source(SignIn signIn, Ticker ticker) {
    return new SnowflakeDataSource(settings(signIn), meters, ticker);
  }

  private SnowflakeSettings settings(SignIn signIn) {
    return new SnowflakeSettings(
        "standin",
        URI.create("http://127.0.0.1:" + snowflake.port()),
        new SnowflakeSettings.Context(
            "API", "DATA", Optional.of("WH"), Optional.of("DATA_API_ROLE")),
        signIn,
        Duration.ofMillis(1_500));
  }
}
