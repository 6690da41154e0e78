package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.caller.Caller;
import io.papi.caller.Callers;
import io.papi.caller.NewKey;
import io.papi.caller.Rate;
import io.papi.caller.Rights;
import io.papi.config.tree.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How callers are declared, and what a start says of a wrong declaration. */
class CallerConfigurationTest {
  private static final String HASH = NewKey.random().hash().hex();
  private static final String OTHER = NewKey.random().hash().hex();
  private static final String VIEWS = "datasets.customer.views { mail = [C_FIRST_NAME] }\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void read_none_letsAnybodyCall() throws IOException {
    Callers callers = read("");
    assertThat(callers.isAnybody()).isTrue();
    assertThat(callers.unnamed().mayBypassCaches()).isTrue();
    assertThat(read("may-bypass-caches = false").unnamed().mayBypassCaches()).isFalse();
  }

  @Test
  void read_caller_hasWhatItSays() throws IOException {
    Callers callers =
        read(
            VIEWS
                + """
                callers.braze {
                  keys-sha256 = [%s, %s]
                  datasets = [customer]
                  views = [mail]
                  requests-per-second = 2000
                  requests-burst = 3000
                  store-ids-per-second = 200
                  may-bypass-caches = true
                }
                """
                    .formatted(HASH, OTHER));
    Caller braze = callers.named().getFirst();
    assertThat(braze.name()).isEqualTo("braze");
    assertThat(braze.keys()).extracting(key -> key.hex()).containsExactly(HASH, OTHER);
    assertThat(braze.rights())
        .isEqualTo(new Rights(Set.of("customer"), Optional.of(Set.of("mail")), Set.of()));
    assertThat(braze.requests()).contains(new Rate(2000, 3000));
    assertThat(braze.storeIds()).contains(new Rate(200, 200));
    assertThat(braze.mayBypassCaches()).isTrue();
    assertThat(callers.unnamed().mayBypassCaches()).isFalse();
  }

  @Test
  void read_little_meansTheLeast() throws IOException {
    Caller web = read(caller("datasets = [customer, product]")).named().getFirst();
    assertThat(web.rights().views()).isEmpty();
    assertThat(web.rights().queries()).isEmpty();
    assertThat(web.requests()).isEmpty();
    assertThat(web.storeIds()).isEmpty();
    assertThat(web.mayBypassCaches()).isFalse();
  }

  /** Else a request of the most ids could never be paid. */
  @Test
  void read_fewStoreIds_haveABurstOfTheLargestRequest() throws IOException {
    Caller web = read(caller("datasets = [customer], store-ids-per-second = 2")).named().getFirst();
    assertThat(web.storeIds()).contains(new Rate(2, 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "datasets = [] | callers.web.datasets and queries name nothing that it may ask for",
        "datasets = [clerk] | callers.web.datasets has clerk: there are customer, product, store",
        "queries = [q] | callers.web.queries has q: there are none",
        "datasets = [customer], views = [x] | callers.web.views has no view of dataset customer",
        "datasets = [customer, product], views = [mail] | has no view of dataset product: it has"
            + " none",
        "datasets = [customer], views = [mail, x] | views has x, which is no view of its datasets",
        "datasets = [customer], requests-burst = 3 | requests-burst is set without",
        "datasets = [customer], requests-per-second = 0 | requests-per-second is 0, not",
        "datasets = [customer], key = x | callers.web.key",
      })
  void read_wrongCaller_saysWhatToMend(String text, String said) {
    assertThatThrownBy(() -> read(VIEWS + caller(text)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(said);
  }

  @Test
  void read_wrongKeys_saysWhatToMend() {
    assertRefused("callers.web { datasets = [customer] }", "keys-sha256 is not set, nor is user");
    assertRefused(
        "callers.web { keys-sha256 = [abc], datasets = [customer] }",
        "keys-sha256 is abc, not 64 lower-case hexadecimal digits");
    assertRefused(
        "callers.web { keys-sha256 = [%s], datasets = [customer] }"
            .formatted("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        "has the hash of an empty key");
    assertRefused(
        caller("datasets = [customer]") + caller("datasets = [customer]").replace("web", "app"),
        "callers.web.keys-sha256 has a key twice, or that of caller app");
    assertRefused(
        caller("datasets = [customer]").replace("web", "none"),
        "callers.none: a caller's name is lower-case letters, digits and -, not none");
  }

  private void assertRefused(String text, String said) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(said);
  }

  private static String caller(String text) {
    return "callers.web { keys-sha256 = [%s], %s }%n".formatted(HASH, text);
  }

  private Callers read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("papi.conf"), text);
    Map<String, String> environment = new HashMap<>(Map.of("PAPI_CONFIG", file.toString()));
    return Configuration.read(environment).http().callers();
  }
}
