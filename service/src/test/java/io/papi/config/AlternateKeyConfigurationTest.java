package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.config.tree.ConfigurationException;
import io.papi.dataset.AlternateKey;
import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.store.embedded.KeyColumn;
import io.papi.store.embedded.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternateKeyConfigurationTest {
  private static final String EMAIL =
      "email { column = C_EMAIL_ADDRESS, type = text, length = 50, fold = lower, fresh-for = 1h }";

  @TempDir private Path directory;

  @Test
  void read_keys_haveTheirOwnFreshness_orTheDatasets() throws IOException {
    Configuration configuration =
        read(
            "datasets.customer { fresh-for = 60s, keys { "
                + EMAIL
                + ", card { column = c_login, type = text, length = 13 } } }");
    Dataset customer = customer(configuration);
    assertThat(customer.alternateKeys()).hasSize(2);
    AlternateKey card = customer.alternateKeys().getFirst();
    assertThat(card.fold()).isEqualTo(Fold.NONE);
    assertThat(card.freshness().freshFor()).isEqualTo(Duration.ofMinutes(1));
    AlternateKey email = customer.alternateKeys().getLast();
    assertThat(email.type()).isEqualTo(new KeyType.Text(50));
    assertThat(email.fold()).isEqualTo(Fold.LOWER);
    assertThat(email.freshness().freshFor()).isEqualTo(Duration.ofHours(1));
    assertThat(email.freshness().negativeFor()).isEqualTo(Duration.ofSeconds(30));
    Dataset mapping = customer.mapping(email);
    assertThat(mapping.name()).isEqualTo("customer/email");
    assertThat(mapping.columns()).containsExactly("C_CUSTOMER_SK");
    assertThat(((StoreMode.Embedded) configuration.storeMode()).settings().keys())
        .contains(
            new KeyColumn(
                "customer", new TableName("DATA", "HYBRID_CUSTOMER"), "C_EMAIL_ADDRESS", false));
  }

  @Test
  void read_keyInTheEnvironment_changesIt() throws IOException {
    Configuration configuration =
        read(
            "datasets.customer.keys { " + EMAIL + " }",
            Map.of("PAPI_DATASETS_CUSTOMER_KEYS_EMAIL_LENGTH", "20"));
    assertThat(customer(configuration).alternateKeys().getFirst().type())
        .isEqualTo(new KeyType.Text(20));
  }

  @Test
  void read_connectionsAndMemory_countEachKeyAsADataset() throws IOException {
    int without = read("").store().connections();
    int with = read("datasets.customer.keys { " + EMAIL + " }").store().connections();
    assertThat(with).isEqualTo(without / 3 * 4);
  }

  @Test
  void read_idsInABody_areNeverMoreThanCanWait() throws IOException {
    assertThat(read("").http().maxIdsInBody()).isEqualTo(1_000);
    assertThat(read("store-max-pending = 300").http().maxIdsInBody()).isEqualTo(300);
    assertThat(read("max-ids-in-body = 7").http().maxIdsInBody()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "datasets.customer.keys.email { type = text, length = 9"
            + " };datasets.customer.keys.email.column",
        "datasets.customer.keys.email { column = C_NO, type = text, length = 9"
            + " };datasets.customer.keys.email.column is C_NO, which rows do not show",
        "datasets.customer.keys.email { column = C_LOGIN, type = text"
            + " };datasets.customer.keys.email.length",
        "datasets.customer.keys.email { column = C_LOGIN, type = mail"
            + " };datasets.customer.keys.email.type is mail",
        "datasets.customer.keys.email { column = C_LOGIN, type = text, length = 9, fold = upper"
            + " };datasets.customer.keys.email.fold is upper",
        "datasets.customer.keys.email { column = C_BIRTH_DAY, fold = lower"
            + " };datasets.customer.keys.email.fold is set, but whole numbers have one spelling",
        "datasets.customer.keys.email { column = C_LOGIN, type = text, length = 9, colum = x"
            + " };datasets.customer.keys.email.colum",
        "datasets.customer.keys.E-Mail { column = C_LOGIN, type = text, length = 9 };a key's name"
            + " is lower-case letters, digits and -",
        "datasets.customer.keys = 7;datasets.customer.keys is a value",
        "datasets.customer.keys.email { column = C_LOGIN, type = text, length = 9, stale-after = 2s"
            + " };datasets.customer.keys.email.stale-after is 2s, above the deadline",
        "redis-names-secret = short;redis-names-secret is shorter than 32 characters",
        "max-ids-in-body = 0;max-ids-in-body is 0, not 1 to 10000",
      })
  void read_wrong_isRefused_andNamesTheKey(String line, String message) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("short;");
  }

  private Configuration read(String text) throws IOException {
    return read(text, Map.of());
  }

  private Configuration read(String text, Map<String, String> variables) throws IOException {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put(
        "PAPI_CONFIG", Files.writeString(directory.resolve("papi.conf"), text).toString());
    return Configuration.read(environment);
  }

  private static Dataset customer(Configuration configuration) {
    return configuration.datasets().getFirst();
  }
}
