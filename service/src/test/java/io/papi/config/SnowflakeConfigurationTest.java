package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.config.tree.ConfigurationException;
import io.papi.store.snowflake.SignIn;
import io.papi.store.snowflake.SnowflakeSettings;
import io.papi.testing.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnowflakeConfigurationTest {
  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Path sessionToken = Path.of("");

  @BeforeEach
  void begin() {
    sessionToken = directory.resolve("token");
  }

  @Test
  void store_withoutAnything_isEmbedded() {
    assertThat(read().storeMode()).isInstanceOf(StoreMode.Embedded.class);
    assertThat(read().redis()).isInstanceOf(RedisMode.Embedded.class);
  }

  @Test
  void store_withAnAccountAlone_isEmbedded() {
    environment.put("SNOWFLAKE_ACCOUNT", "org-acme");
    assertThat(read().storeMode()).isInstanceOf(StoreMode.Embedded.class);
  }

  @Test
  void store_whereTheSessionTokenIs_isSnowflake_withTheSidecarsRedis() throws IOException {
    Files.writeString(sessionToken, "t");
    environment.put("SNOWFLAKE_ACCOUNT", "acme");
    environment.put("SNOWFLAKE_HOST", "acme.snowflakecomputing.com");
    environment.put("SNOWFLAKE_DATABASE", "API");
    environment.put("SNOWFLAKE_SCHEMA", "PUBLIC");
    environment.put("SNOWFLAKE_SERVICE_NAME", "API");
    SnowflakeSettings settings = settings();
    assertThat(settings.signIn()).isEqualTo(new SignIn.SessionToken(sessionToken, "API"));
    assertThat(settings.server()).isEqualTo(URI.create("https://acme.snowflakecomputing.com:443"));
    assertThat(settings.context().warehouse()).isEmpty();
    assertThat(read().redis())
        .asInstanceOf(InstanceOfAssertFactories.type(RedisMode.Server.class))
        .satisfies(server -> assertThat(server.toString()).contains("localhost"));
  }

  @Test
  void store_embedded_whereTheSessionTokenIs_isEmbedded() throws IOException {
    Files.writeString(sessionToken, "t");
    environment.put("PAPI_STORE", "embedded");
    assertThat(read().storeMode()).isInstanceOf(StoreMode.Embedded.class);
  }

  @Test
  void host_withoutOne_isMadeFromTheAccount() {
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PASSWORD", "p");
    assertThat(settings().server())
        .isEqualTo(URI.create("https://org-acme.snowflakecomputing.com:443"));
  }

  @Test
  void protocol_http_isForThisMachineAlone() {
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PASSWORD", "p", "SNOWFLAKE_PROTOCOL", "http");
    assertRefused("snowflake.protocol is http");
    environment.put("SNOWFLAKE_HOST", "127.0.0.1");
    environment.put("SNOWFLAKE_PORT", "8085");
    assertThat(settings().server()).isEqualTo(URI.create("http://127.0.0.1:8085"));
    environment.put("SNOWFLAKE_HOST", "127.0.0.1.example.com");
    assertRefused("snowflake.protocol is http");
  }

  @Test
  void account_missing_isRefused() {
    environment.put("PAPI_STORE", "snowflake");
    assertRefused("snowflake.account (SNOWFLAKE_ACCOUNT) is not set");
  }

  @Test
  void signIn_missing_isRefused_namingAllWays() {
    snowflake();
    assertRefused(
        sessionToken.toString(),
        "SNOWFLAKE_PASSWORD",
        "SNOWFLAKE_PRIVATE_KEY_FILE",
        "SNOWFLAKE_TOKEN");
  }

  @Test
  void signIn_twoWays_isRefused_namingBoth() {
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PASSWORD", "p", "SNOWFLAKE_TOKEN", "t");
    assertRefused(
        "snowflake.password (SNOWFLAKE_PASSWORD) and snowflake.token (SNOWFLAKE_TOKEN) are set");
  }

  @Test
  void signIn_withoutUser_isRefused() {
    snowflake("SNOWFLAKE_PASSWORD", "p");
    assertRefused("snowflake.password is set, but snowflake.user (SNOWFLAKE_USER) is not");
  }

  @Test
  void signIn_userAlone_isRefused() throws IOException {
    Files.writeString(sessionToken, "t");
    snowflake("SNOWFLAKE_USER", "u");
    assertRefused("snowflake.user is set, but none of");
  }

  @Test
  void signIn_passphraseAlone_isRefused() {
    snowflake(
        "SNOWFLAKE_USER", "u", "SNOWFLAKE_TOKEN", "t", "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "x");
    assertRefused("snowflake.private-key-passphrase is set, but snowflake.private-key-file");
  }

  @Test
  void signIn_keyFileMissing_isRefused() {
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PRIVATE_KEY_FILE", directory + "/none.p8");
    assertRefused("snowflake.private-key-file: " + directory + "/none.p8 cannot be read");
  }

  @Test
  void signIn_encryptedKeyWithoutPassphrase_isRefused() throws Exception {
    Path key = directory.resolve("key.p8");
    Files.writeString(key, PemFiles.encrypted(PemFiles.rsa(), "x"));
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PRIVATE_KEY_FILE", key.toString());
    assertRefused("SNOWFLAKE_PRIVATE_KEY_PASSPHRASE");
    environment.put("SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "x");
    assertThat(settings().signIn()).isInstanceOf(SignIn.PrivateKey.class);
  }

  @Test
  void secrets_mayComeFromFiles() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "from-the-file\n");
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_TOKEN_FILE", secret.toString());
    assertThat(settings().signIn()).isInstanceOf(SignIn.AccessToken.class);
    environment.remove("SNOWFLAKE_TOKEN_FILE");
    environment.put("SNOWFLAKE_PASSWORD_FILE", secret.toString());
    assertThat(settings().signIn()).isInstanceOf(SignIn.Password.class);
  }

  @Test
  void secrets_areNotShown() {
    snowflake("SNOWFLAKE_USER", "u", "SNOWFLAKE_PASSWORD", "open sesame");
    assertThat(read().toString()).doesNotContain("open sesame");
  }

  @Test
  void variables_ofThePlatform_thatAreUnknown_areLeftAlone() {
    environment.put("SNOWFLAKE_SOMETHING_NEW", "x");
    environment.put("SNOWFLAKE_SOMETHING_FILE", "/nowhere");
    assertThat(read().storeMode()).isInstanceOf(StoreMode.Embedded.class);
  }

  @Test
  void variables_ofOurs_thatAreUnknown_areRefused() {
    environment.put("PAPI_SNOWFLAKE_ACCOUNT", "x");
    assertRefused("PAPI_SNOWFLAKE_ACCOUNT is no key of this service");
  }

  @Test
  void largeNumbersAsStrings_isADatasetsOwn() {
    assertThat(read().datasets().getFirst().largeNumbersAsStrings()).isFalse();
    environment.put("PAPI_DATASETS_CUSTOMER_LARGE_NUMBERS_AS_STRINGS", "true");
    assertThat(read().datasets().getFirst().largeNumbersAsStrings()).isTrue();
  }

  private void snowflake(String... more) {
    environment.put("PAPI_STORE", "snowflake");
    environment.put("SNOWFLAKE_ACCOUNT", "org-acme");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
  }

  private Configuration read() {
    return Configuration.read(environment, sessionToken);
  }

  private SnowflakeSettings settings() {
    return ((StoreMode.Snowflake) read().storeMode()).settings();
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(parts);
  }
}
