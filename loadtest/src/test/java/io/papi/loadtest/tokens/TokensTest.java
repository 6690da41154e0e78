package io.papi.loadtest.tokens;

import static io.papi.loadtest.tokens.TokenServer.HOST;
import static io.papi.loadtest.tokens.TokenServer.PAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens as a caller gets them, from an endpoint that verifies what it is sent. */
final class TokensTest {
  private static final URI ENDPOINT = URI.create("https://" + HOST);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static KeyPair pair;
  private static KeyPair otherPair;

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Instant callersTime = NOW;
  private TokenServer server;

  @BeforeAll
  static void makeKeys() {
    pair = Keys.rsa();
    otherPair = Keys.rsa();
  }

  @BeforeEach
  void start() throws IOException {
    server = new TokenServer(Keys.publicKey(pair), () -> NOW);
    environment.put("SNOWFLAKE_PROTOCOL", "http");
    environment.put("SNOWFLAKE_HOST", server.uri().getHost());
    environment.put("SNOWFLAKE_PORT", Integer.toString(server.uri().getPort()));
    environment.put("SNOWFLAKE_ACCOUNT", "myorg-myaccount");
    environment.put("SNOWFLAKE_USER", "svc_data_api");
    environment.put("SNOWFLAKE_ROLE", "DATA_API_CALLER");
    environment.put(
        "SNOWFLAKE_PRIVATE_KEY_FILE", Keys.write(pair, directory.resolve("key.p8")).toString());
    environment.put("SNOWFLAKE_TOKEN", PAT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = SignIn.class,
      names = {"KEY_PAIR", "PAT_EXCHANGE"})
  void token_exchanged_isTheAnswersBody(SignIn way) {
    assertThat(token(way)).isEqualTo("token-1");
    assertThat(server.refusals()).isEmpty();
  }

  @Test
  void token_pat_isSentAsItIs() {
    assertThat(token(SignIn.PAT)).isEqualTo(PAT);
    assertThat(server.tokensGiven()).isZero();
  }

  @Test
  void token_askedAgain_isTheSame() {
    TokenSource source = tokens().source(SignIn.KEY_PAIR, ENDPOINT);

    assertThat(source.token()).isSameAs(source.token());
    assertThat(server.tokensGiven()).isEqualTo(1);
  }

  @Test
  void token_encryptedKey_isReadWithItsPassphrase() throws Exception {
    encryptKey();
    environment.put("SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "open sesame");

    assertThat(token(SignIn.KEY_PAIR)).isEqualTo("token-1");
  }

  @Test
  void token_secretsInFiles_areRead() throws Exception {
    encryptKey();
    environment.put("SNOWFLAKE_PRIVATE_KEY_PASSPHRASE_FILE", file("passphrase", "open sesame\n"));
    environment.remove("SNOWFLAKE_TOKEN");
    environment.put("SNOWFLAKE_TOKEN_FILE", file("token", PAT + "\n"));

    assertThat(token(SignIn.KEY_PAIR)).isEqualTo("token-1");
    assertThat(token(SignIn.PAT_EXCHANGE)).isEqualTo("token-2");
  }

  @ParameterizedTest
  @CsvSource({
    "SNOWFLAKE_ACCOUNT, otheraccount, sub",
    "SNOWFLAKE_USER, somebody, sub",
    "SNOWFLAKE_ROLE, ACCOUNTADMIN, scope",
    "SNOWFLAKE_ROLE, '', scope",
  })
  void token_keyPairWithAnotherClaim_isRefused(String variable, String value, String refusal) {
    environment.put(variable, value);

    assertRefused(SignIn.KEY_PAIR, ENDPOINT, refusal);
  }

  @Test
  void token_keyPairForAnotherEndpoint_isRefused() {
    assertRefused(SignIn.KEY_PAIR, URI.create("https://other.snowflakecomputing.app"), "scope");
  }

  @Test
  void token_otherKey_isRefused() throws IOException {
    environment.put(
        "SNOWFLAKE_PRIVATE_KEY_FILE", Keys.write(otherPair, directory.resolve("b.p8")).toString());

    assertRefused(SignIn.KEY_PAIR, ENDPOINT, "signature");
  }

  @ParameterizedTest
  @CsvSource({"-59", "-600", "1"})
  void token_clockWrong_isRefused(long minutes) {
    callersTime = NOW.plus(Duration.ofMinutes(minutes));

    assertRefused(SignIn.KEY_PAIR, ENDPOINT, "expiry");
  }

  @Test
  void token_otherPat_isRefused() {
    environment.put("SNOWFLAKE_TOKEN", "pat.other");

    assertRefused(SignIn.PAT_EXCHANGE, ENDPOINT, "fields");
  }

  @Test
  void token_patForAnotherEndpoint_isRefused() {
    assertRefused(SignIn.PAT_EXCHANGE, URI.create("https://other.example"), "fields");
  }

  @ParameterizedTest
  @CsvSource({
    "KEY_PAIR, SNOWFLAKE_ACCOUNT",
    "KEY_PAIR, SNOWFLAKE_USER",
    "KEY_PAIR, SNOWFLAKE_PRIVATE_KEY_FILE",
    "PAT_EXCHANGE, SNOWFLAKE_TOKEN",
    "PAT, SNOWFLAKE_TOKEN",
  })
  void source_missingVariable_isNamed(SignIn way, String variable) {
    environment.remove(variable);

    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> token(way))
        .withMessage(variable + " is not set");
  }

  @Test
  void source_secretTwice_throwsException() throws IOException {
    environment.put("SNOWFLAKE_TOKEN_FILE", file("token", PAT));

    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> token(SignIn.PAT))
        .withMessage("SNOWFLAKE_TOKEN and SNOWFLAKE_TOKEN_FILE are set: there is one");
  }

  @ParameterizedTest
  @EnumSource(SignIn.class)
  void source_endpointWithoutTls_throwsException(SignIn way) {
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> tokens().source(way, URI.create("http://papi.example")))
        .withMessage("no secret is sent to http://papi.example, which is not https");
  }

  @Test
  void source_accountWithoutTls_throwsException() {
    environment.put("SNOWFLAKE_HOST", "account.example");

    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> token(SignIn.KEY_PAIR))
        .withMessageStartingWith("no secret is sent to http://account.example:");
  }

  private void assertRefused(SignIn way, URI endpoint, String refusal) {
    TokenSource source = tokens().source(way, endpoint);

    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(source::token)
        .withMessageContaining("refused with status 400")
        // The answer repeats the form, so a message that repeats the answer tells secrets.
        .withMessageNotContainingAny("pat.", "assertion");
    assertThat(server.refusals()).containsExactly(refusal);
  }

  private String token(SignIn way) {
    return tokens().source(way, ENDPOINT).token().text();
  }

  private Tokens tokens() {
    return new Tokens(environment, () -> callersTime, Runnable::run);
  }

  private void encryptKey() throws IOException, GeneralSecurityException {
    Path file = Keys.writeEncrypted(pair, "open sesame", directory.resolve("encrypted.p8"));
    environment.put("SNOWFLAKE_PRIVATE_KEY_FILE", file.toString());
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
