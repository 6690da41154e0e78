package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.config.tree.Characters;
import io.papi.config.tree.ConfigurationException;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.MissingPolicy;
import io.papi.store.embedded.CsvTable;
import io.papi.store.embedded.CsvType;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.EmbeddedTable;
import io.papi.store.embedded.KeyColumn;
import io.papi.store.embedded.TableName;
import io.papi.store.embedded.TpcdsTable;
import io.papi.store.embedded.TpchTable;
import io.papi.store.embedded.latency.Latency;
import io.papi.store.snowflake.SignIn;
import io.papi.testing.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final long MEBIBYTE = 1 << 20;

  private static final Map<String, String> CUSTOMERS_ALONE =
      Map.of("PAPI_DATASETS_PRODUCT_ENABLED", "false", "PAPI_DATASETS_STORE_ENABLED", "false");

  @TempDir private Path directory;

  @Test
  void read_nothing_givesTheDefaults() {
    Configuration configuration = Configuration.read(Map.of("PATH", "/bin"));
    assertThat(configuration.http().port()).isEqualTo(8001);
    assertThat(configuration.http().adminPort()).isEqualTo(8002);
    assertThat(configuration.http().deadline()).isEqualTo(Duration.ofSeconds(1));
    EmbeddedSettings store = embedded(configuration);
    assertThat(store.tables())
        .containsExactly(
            table("HYBRID_CUSTOMER", "customer", 10_000, ""),
            table("HYBRID_PRODUCT", "item", 2_000, "I_REC_END_DATE IS NULL"),
            table("HYBRID_STORE", "store", 10_000, ""));
    assertThat(store.scripts()).isEmpty();
    assertThat(store.keys())
        .contains(new KeyColumn("product", new TableName("DATA", "HYBRID_PRODUCT"), "I_ITEM_ID"));
    assertThat(store.latency()).isEqualTo(Latency.NONE);
    assertThat(configuration.datasets())
        .extracting(Dataset::name)
        .containsExactly("customer", "product", "store");
    assertThat(configuration.redis())
        .isEqualTo(new RedisMode.Embedded(64, Duration.ofMillis(50), 10_000));
    Dataset customer = configuration.datasets().getFirst();
    assertThat(customer.name()).isEqualTo("customer");
    assertThat(customer.table()).isEqualTo("API.DATA.HYBRID_CUSTOMER");
    assertThat(customer.keyType()).isEqualTo(new KeyType.Whole(38));
    assertThat(customer.columns()).hasSize(18).startsWith("C_CUSTOMER_SK", "C_CUSTOMER_ID");
    assertThat(customer.freshness().freshFor()).isEqualTo(Duration.ofMinutes(3));
  }

  private static EmbeddedTable table(String name, String from, int rows, String where) {
    return new EmbeddedTable(
        new TableName("DATA", name),
        new TpcdsTable(from, 10_000, rows),
        Optional.of(where).filter(text -> !text.isEmpty()));
  }

  private static EmbeddedSettings embedded(Configuration configuration) {
    return ((StoreMode.Embedded) configuration.storeMode()).settings();
  }

  @Test
  void read_rows_areThoseOfTheGeneratedTablesThatSayNoneThemselves() throws IOException {
    Path csv = Files.writeString(directory.resolve("price.csv"), "SKU,PRICE\nA,1\n");
    Configuration configuration =
        read(
            """
            embedded-tables {
              price { from = price.csv, types { price = "NUMBER(10,2)" } }
              "API.TPCH.PART" { from = tpch.part, scale = 2, where = "P_SIZE > 3" }
            }
            datasets.price { table = PRICE, key = sku, key-type = text, key-length = 9 }
            datasets.part { table = tpch.part, key = P_PARTKEY }
            """,
            Map.of("PAPI_ROWS", "7", "PAPI_DATASETS_STORE_ENABLED", "false"));
    assertThat(embedded(configuration).tables())
        .extracting(EmbeddedTable::from)
        .containsExactlyInAnyOrder(
            new TpcdsTable("customer", 10_000, 7),
            new TpcdsTable("item", 10_000, 2_000),
            new TpchTable("part", 2, 7),
            new CsvTable(
                csv, Map.of("price", CsvType.declared("NUMBER(10,2)")), Integer.MAX_VALUE));
    assertThat(configuration.datasets().get(2).columns()).isEmpty();
  }

  @Test
  void read_scripts_loadTheTablesThatTheyName() throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("a.sql"), "CREATE VIEW a AS SELECT * FROM data.hybrid_store;");
    Configuration configuration =
        read(
            """
            embedded-scripts = [a.sql]
            datasets.store.enabled = false
            datasets.product.enabled = false
            """,
            Map.of());
    assertThat(embedded(configuration).scripts()).containsExactly(script);
    assertThat(embedded(configuration).tables())
        .extracting(table -> table.name().table())
        .containsExactlyInAnyOrder("HYBRID_CUSTOMER", "HYBRID_STORE");
  }

  @Test
  void read_fileAndEnvironment_standOverTheDefaults() throws IOException {
    Configuration configuration =
        read("port = 9001, max-ids = 7\nfresh-for = 60s", Map.of("PAPI_PORT", "9002"));
    assertThat(configuration.http().port()).isEqualTo(9002);
    assertThat(configuration.http().maxIds()).isEqualTo(7);
    assertThat(configuration.datasets().getFirst().freshness().freshFor())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void read_shorterListInTheFile_replacesTheWholeList() throws IOException {
    Configuration configuration =
        read("datasets.customer.columns = [C_FIRST_NAME, C_LAST_NAME]", Map.of());
    assertThat(configuration.datasets().getFirst().columns())
        .containsExactly("C_FIRST_NAME", "C_LAST_NAME");
  }

  @Test
  void read_twoDatasets_haveAConnectionForEveryLane() throws IOException {
    Configuration configuration =
        read(
            "datasets.second { table = T, key = ID, key-type = text, key-length = 9, columns = [ID]"
                + " }",
            CUSTOMERS_ALONE);
    assertThat(configuration.coalesce().lanes()).isEqualTo(8);
    assertThat(configuration.store().connections()).isEqualTo(16);
  }

  @Test
  void read_secondDataset_needsNoCode() throws IOException {
    Configuration configuration =
        read(
            """
            datasets {
              customer.enabled = false
              customer-by-id {
                table = API.DATA.HYBRID_CUSTOMER
                key = C_CUSTOMER_ID
                key-type = text
                key-length = 16
                columns = [C_CUSTOMER_SK, C_EMAIL_ADDRESS]
                fresh-for = 10s
              }
            }
            """,
            Map.of(
                "PAPI_DATASETS_CUSTOMER_BY_ID_NEGATIVE_FOR", "2s",
                "PAPI_DATASETS_PRODUCT_ENABLED", "false",
                "PAPI_DATASETS_STORE_ENABLED", "false"));
    Dataset byId = configuration.datasets().getFirst();
    assertThat(configuration.datasets()).hasSize(1);
    assertThat(byId.keyType()).isEqualTo(new KeyType.Text(16));
    assertThat(byId.generation()).isEqualTo(1);
    assertThat(byId.freshness().freshFor()).isEqualTo(Duration.ofSeconds(10));
    assertThat(byId.freshness().negativeFor()).isEqualTo(Duration.ofSeconds(2));
    assertThat(byId.freshness().staleFor()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PAPI_PROT|1|PAPI_PROT is no key of this service: did you mean PAPI_PORT?",
        "PAPI_PORT|65536|port is 65536, not 0 to 65535",
        "PAPI_PORT|x|port is x, not a whole number",
        "PAPI_DEADLINE|0s|deadline is 0s, not 1 ms to 60000 ms",
        "PAPI_DEADLINE|1|deadline is 1, not a duration",
        "PAPI_STORE_MAX_BATCH|100|store-max-batch is 100, not a power of two",
        "PAPI_NEAR_MEMORY|64|near-memory is 64, not a size",
        "PAPI_EMBEDDED_LATENCY_P50|20ms|embedded-latency-p99 is 0ms, not 20 ms to 60000 ms",
        "PAPI_EMBEDDED_LATENCY_P99|20ms|embedded-latency-p99 is 20ms, not 0 ms to 0 ms",
        "PAPI_EMBEDDED_STATEMENTS|0|embedded-statements is 0, not 1 to 1000",
        "PAPI_NEAR_MEMORY|1 KiB|near-memory is 1 KiB, less than 1048576 B",
        "PAPI_JITTER|0.9|jitter is 0.9, not 0 to 0.5",
        "PAPI_LOG_FORMAT|xml|log-format is xml, not text or json",
        "PAPI_ACCESS_LOG_SAMPLE|1.5|access-log-sample is 1.5, not 0 to 1",
        "PAPI_STORE|mysql|store is mysql, not",
        "PAPI_REDIS|http://x|redis is not embedded, off, redis://",
        "PAPI_DATASETS_CUSTOMER_TABLE|A;B|datasets.customer.table is A;B, not the name of a table",
        "PAPI_DATASETS_CUSTOMER_COLUMNS|A,A|datasets.customer.columns has a column twice",
        "PAPI_DATASETS_CUSTOMER_KEY_TYPE|uuid|datasets.customer.key-type is uuid, not whole or"
            + " text",
        "PAPI_PORT|http://10.96.0.12:8001|port is http://10.96.0.12:8001, not a whole number",
        "PAPI_PROT|tcp://10.96.0.12:8001|PAPI_PROT is no key",
        "PAPI_SERVICE_HOST|papi|PAPI_SERVICE_HOST is no key",
        "PAPI_SERVICE_PORTS|8001|PAPI_SERVICE_PORTS is no key",
        "PAPI_ADMN_PORT|8002|PAPI_ADMN_PORT is no key",
        "PAPI_PORT_8001_TCP|8001|PAPI_PORT_8001_TCP is no key",
        "PAPI_PORT_FILE|/nowhere|PAPI_PORT_FILE is no key",
        "PAPI_REDIS_FILE|/nowhere|PAPI_REDIS_FILE: redis: /nowhere cannot be read",
        "PAPI_CONFIG|/nowhere|PAPI_CONFIG: /nowhere cannot be read",
      })
  void read_notAllowed_refusesAndNamesTheKey(String variable, String value, String message) {
    assertThatThrownBy(() -> Configuration.read(Map.of(variable, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot = 1|prot is no key of this service: did you mean port?",
        "freshfor = 1s|freshfor is no key of this service: did you mean fresh-for?",
        "snowflake.acount = x|did you mean snowflake.account?",
        "datasets.customer.colour = red|datasets.customer.colour is no key of this service: did you"
            + " mean datasets.customer.columns?",
        "datasets.customer.fresh-fro = 1s|did you mean datasets.customer.fresh-for?",
        "dataset.customer.table = T|dataset is no key of this service: did you mean datasets?",
        "nothing-like-it = 1|nothing-like-it is no key of this service",
        "port = [1]|port is a list, not one value",
        "port { a = 1 }|port is an object, not a value",
        "snowflake = x|snowflake is a value, not a section",
        "datasets.customer = x|datasets.customer is a value, not a section",
        "datasets.customer.columns { a = 1 }|datasets.customer.columns is an object, not a list",
        "datasets.customer.columns = [{ a = 1 }]|datasets.customer.columns is an object, not a"
            + " value",
        "datasets.Upper.table = T|datasets.Upper: a dataset's name is",
        "datasets.test.table = T|datasets.test: a dataset's name is",
        "datasets.second.table = T|datasets.second.key (PAPI_DATASETS_SECOND_KEY) is not set",
        "port = {|not HOCON",
      })
  void read_notAllowedInTheFile_refusesAndNamesTheKey(String line, String message) {
    assertThatThrownBy(() -> read(line, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void read_relativePathInTheFile_startsFromItsFolder() throws Exception {
    PemFiles.write(directory);
    Configuration configuration =
        read(
            "store = snowflake, snowflake { account = a, user = u, private-key-file = key.p8 }",
            Map.of());
    assertThat(configuration.storeMode())
        .isInstanceOfSatisfying(
            StoreMode.Snowflake.class,
            snowflake ->
                assertThat(snowflake.settings().signIn())
                    .isEqualTo(
                        new SignIn.PrivateKey("u", directory.resolve("key.p8"), Optional.empty())));
  }

  @Test
  void read_substitution_isFromTheFileOrTheEnvironment() throws IOException {
    Configuration configuration =
        read(
            """
            fresh-for = 90s
            negative-for = ${fresh-for}
            stale-for = ${LIFE}
            max-ids = 7
            max-ids = ${?NOT_SET}
            redis = "redis://:"${PW}"@host"
            """,
            Map.of("LIFE", "2h", "PW", "007"));
    Dataset customer = configuration.datasets().getFirst();
    assertThat(customer.freshness().negativeFor()).isEqualTo(Duration.ofSeconds(90));
    assertThat(customer.freshness().staleFor()).isEqualTo(Duration.ofHours(2));
    assertThat(configuration.http().maxIds()).isEqualTo(7);
    assertThat(configuration.redis())
        .isInstanceOfSatisfying(
            RedisMode.Server.class,
            server -> assertThat(server.settings().uri()).hasUserInfo(":007"));
  }

  @Test
  void read_newDataset_hasTheDefaultsOfTheTable() throws IOException {
    Dataset second =
        read("datasets.a-new-one { table = T, key = ID, columns = [ID] }", Map.of())
            .datasets()
            .getFirst();
    assertThat(second.keyType()).isEqualTo(new KeyType.Whole(38));
    assertThat(second.generation()).isEqualTo(1);
    assertThat(second.largeNumbersAsStrings()).isFalse();
  }

  @Test
  void read_answerRules_haveTheNamesThatAnswersShow() throws IOException {
    Configuration configuration =
        read(
            """
            datasets.the-last {
              table = T
              key = ID
              columns = [ID, NAME, "\\"e-mail\\""]
              shape = map
              missing = not-found
              default-row { NAME = " friend ", "\\"e-mail\\"" = "" }
              views { mail = ["\\"e-mail\\"", NAME], id-only = ID }
            }
            """,
            Map.of("PAPI_DATASETS_THE_LAST_SHAPE", "object"));
    assertThat(configuration.datasets().getLast().rules())
        .isEqualTo(
            new AnswerRules(
                AnswerShape.OBJECT,
                MissingPolicy.NOT_FOUND,
                Optional.of(Map.of("NAME", " friend ", "e-mail", "")),
                Map.of("mail", List.of("e-mail", "NAME"), "id-only", List.of("ID"))));
    assertThat(configuration.datasets().getFirst().rules()).isEqualTo(AnswerRules.GUIDE);
  }

  @Test
  void read_defaultRowOfAColumnThatIsAlmostCalledAsTheKey_isTaken() throws IOException {
    Configuration configuration =
        read("datasets.the-last { table = T, key = id, default-row { id = 3 } }", Map.of());
    assertThat(configuration.datasets().getLast().rules().defaultRow()).contains(Map.of("id", "3"));
  }

  @Test
  void read_quotedNames_areTaken() throws IOException {
    Configuration configuration =
        read(
            """
            datasets.a-quoted {
              table = "DB.\\"my schema\\".T"
              key = "\\"id\\""
              columns = [ID, "\\"e-mail\\""]
            }
            """,
            Map.of("PAPI_DATASETS_CUSTOMER_COLUMNS", "C_LOGIN,\"a, b\""));
    Dataset second = configuration.datasets().getFirst();
    assertThat(second.table()).isEqualTo("DB.\"my schema\".T");
    assertThat(second.keyColumn()).isEqualTo("\"id\"");
    assertThat(second.columns()).containsExactly("ID", "\"e-mail\"");
    assertThat(configuration.datasets().get(1).columns()).containsExactly("C_LOGIN", "\"a, b\"");
  }

  @Test
  void read_anyNameOfTheFile_isReadAsHocon() throws IOException {
    Path file = Files.writeString(directory.resolve("papi.txt"), "max-ids = 7");
    assertThat(Configuration.read(Map.of("PAPI_CONFIG", file.toString())).http().maxIds())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, ä€", "ANSI_X3.4-1968, ??", "ISO-8859-1, ??"})
  void variable_inAnotherEncoding_hasNoLettersThatMayBeWrong(String encoding, String shown) {
    assertThat(Characters.ofVariable("aä€", encoding).replace('\uFFFD', '?'))
        .isEqualTo("a" + shown);
  }

  @Test
  void read_listInTheEnvironment_isSeparatedByCommas() {
    Configuration configuration =
        Configuration.read(Map.of("PAPI_DATASETS_CUSTOMER_COLUMNS", "C_LOGIN, C_FIRST_NAME"));
    assertThat(configuration.datasets().getFirst().columns())
        .containsExactly("C_LOGIN", "C_FIRST_NAME");
  }

  @Test
  void read_serviceLinksOfKubernetes_areIgnored() {
    Map<String, String> links = new HashMap<>();
    links.putAll(serviceLinks("PAPI", "tcp", "10.96.0.12", "10.96.0.12"));
    links.putAll(serviceLinks("PAPI_ADMIN", "udp", "10.96.0.13", "10.96.0.13"));
    links.putAll(serviceLinks("PAPI_REDIS", "sctp", "fd00:10::c", "[fd00:10::c]"));
    links.putAll(serviceLinks("SNOWFLAKE", "tcp", "10.96.0.14", "10.96.0.14"));
    Configuration configuration = Configuration.read(links);
    assertThat(configuration).isEqualTo(Configuration.read(Map.of()));
  }

  @Test
  void read_keysBesideServiceLinks_hold() throws IOException {
    Map<String, String> all = serviceLinks("PAPI", "tcp", "10.96.0.12", "10.96.0.12");
    assertThat(read("port = 8007", all).http().port()).isEqualTo(8007);
    all.put("PAPI_PORT", "8005");
    all.put("PAPI_ADMIN_PORT", "8006");
    Configuration configuration = Configuration.read(all);
    assertThat(configuration.http().port()).isEqualTo(8005);
    assertThat(configuration.http().adminPort()).isEqualTo(8006);
  }

  /** What Kubernetes sets for a Service with one named port. */
  private static Map<String, String> serviceLinks(
      String service, String protocol, String address, String host) {
    String url = protocol + "://" + host + ":8001";
    String port = service + "_PORT_8001_" + protocol.toUpperCase(Locale.ROOT);
    return new HashMap<>(
        Map.of(
            service + "_SERVICE_HOST",
            address,
            service + "_SERVICE_PORT",
            "8001",
            service + "_SERVICE_PORT_HTTP",
            "8001",
            service + "_PORT",
            url,
            port,
            url,
            port + "_PROTO",
            protocol,
            port + "_PORT",
            "8001",
            port + "_ADDR",
            address));
  }

  @ParameterizedTest
  @CsvSource({
    // half of the heap is for it, without 10,000 values for Redis and 10,000 ids for the store
    "2048, 64",
    "160, 64",
    "158, 64",
    "120, 45",
    "62, 16",
    "34, 2",
  })
  void read_nearMemoryByItself_fitsTheHeap(int heap, int near) {
    long bytes = withHeap(heap, Map.of()).near().orElseThrow().maxBytes();
    assertThat(bytes / MEBIBYTE).isEqualTo(near);
  }

  @Test
  void read_nearMemoryByItself_isSharedByDatasets() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("papi.conf"),
            "datasets.second { table = T, key = ID, key-type = whole, key-length = 9, columns ="
                + " [ID] }");
    Configuration configuration = withHeap(158, Map.of("PAPI_CONFIG", file.toString()));
    assertThat(configuration.near().orElseThrow().maxBytes() / MEBIBYTE).isEqualTo(29);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "155|PAPI_NEAR_MEMORY|512 MiB|near-memory of 512 MiB for each of 1 dataset, and 14 MiB of"
            + " redis-write-back and store-max-pending, are 526 MiB: more than half of the heap,"
            + " which has 155 MiB",
        "62|PAPI_NEAR_MEMORY|64 MiB|near-memory of 64 MiB for each of 1 dataset",
        "2048|PAPI_NEAR_MEMORY|999999999 GiB|more than half of the heap, which has 2048 MiB",
        "30|PAPI_PORT|0|near-memory of at least 1 MiB for each of 1 dataset, and 14 MiB",
        "1024|PAPI_REDIS_WRITE_BACK|1000000|and 981 MiB of redis-write-back",
        "512|PAPI_STORE_MAX_PENDING|1000000|and 498 MiB of redis-write-back and store-max-pending",
      })
  void read_moreThanTheHeapHolds_refusesWithTheNumbers(
      int heap, String variable, String value, String message) {
    assertThatThrownBy(() -> withHeap(heap, Map.of(variable, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void read_halfOfTheHeap_isAllowed() {
    Map<String, String> half =
        Map.of("PAPI_NEAR_MEMORY", "60 MiB", "PAPI_REDIS", "off", "PAPI_STORE_MAX_PENDING", "8192");
    assertThat(withHeap(128, half).near().orElseThrow().maxBytes()).isEqualTo(60 * MEBIBYTE);
  }

  @Test
  void read_noNearMemory_stillBoundsWhatWaits() {
    Map<String, String> waiting =
        Map.of("PAPI_NEAR_MEMORY", "0 MiB", "PAPI_REDIS_WRITE_BACK", "1000000");
    assertThatThrownBy(() -> withHeap(512, waiting)).hasMessageContaining("redis-write-back");
    assertThat(withHeap(2048, waiting).near()).isEmpty();
  }

  private static Configuration withHeap(int mebibytes, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(CUSTOMERS_ALONE);
    all.putAll(environment);
    return Configuration.read(all, Path.of("/nowhere"), mebibytes * MEBIBYTE);
  }

  @Test
  void read_noNearMemory_isNoNearCache() {
    assertThat(Configuration.read(Map.of("PAPI_NEAR_MEMORY", "0 MiB")).near()).isEmpty();
    assertThat(Configuration.read(Map.of()).near()).isPresent();
  }

  @Test
  void read_secretFromAFile_isNeverShown() throws IOException {
    Path secret = Files.writeString(directory.resolve("redis"), "redis://:s3cret@localhost:6380\n");
    Configuration configuration = Configuration.read(Map.of("PAPI_REDIS_FILE", secret.toString()));
    assertThat(configuration.toString()).contains("localhost:6380").doesNotContain("s3cret");
  }

  private Configuration read(String hocon, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(directory.resolve("papi.conf"), hocon);
    Map<String, String> all = new HashMap<>(environment);
    all.put("PAPI_CONFIG", file.toString());
    return Configuration.read(all);
  }
}
