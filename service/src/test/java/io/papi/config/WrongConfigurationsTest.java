package io.papi.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.papi.config.tree.ConfigurationException;
import io.papi.testing.PemFiles;
import io.papi.testing.TlsPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a start says of a wrong configuration: where, which key, which value, what is allowed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongConfigurationsTest {
  private static final Map<String, String> SNOWFLAKE =
      Map.of(
          "PAPI_STORE", "snowflake",
          "SNOWFLAKE_ACCOUNT", "acme",
          "SNOWFLAKE_USER", "papi",
          "SNOWFLAKE_PASSWORD", "open sesame");

  private Path directory = Path.of("");

  @BeforeAll
  void makeFiles(@TempDir Path shared) throws Exception {
    directory = shared;
    KeyPair rsa = PemFiles.rsa();
    write("latin-1.conf", "log-format = text # \u00fcber\n");
    Files.writeString(directory.resolve("latin-1.conf"), "redis = sesam\u00e9\n", ISO_8859_1);
    write("papi.yaml", "datasets:\n  customer:\n    table: T\n");
    write("papi.txt", "max-ids = 0\n");
    write("password", "open sesame");
    write("empty", "\n");
    write("two-lines", "open\nsesame\n");
    write("byte-order-mark", "\uFEFFopen-sesame\n");
    write("large", "sesame".repeat(20_000));
    write("ec.p8", PemFiles.pkcs8(PemFiles.keys("EC", 256)));
    write("public.pem", PemFiles.pem("PUBLIC KEY", rsa.getPublic().getEncoded()));
    write("cut.p8", PemFiles.pkcs8(rsa).substring(0, 900));
    write("encrypted.p8", PemFiles.encrypted(rsa, "hush hush"));
  }

  @ParameterizedTest
  @FieldSource("io.papi.config.WrongConfigurations#VARIABLES")
  void read_wrongVariable_saysWhatToMend(String line) {
    assertSaid(line, problems(variables(line)));
  }

  @ParameterizedTest
  @FieldSource("io.papi.config.WrongConfigurations#SIGN_INS")
  void read_wrongSignIn_saysWhatToMend(String line) {
    Map<String, String> environment = new HashMap<>(SNOWFLAKE);
    environment.putAll(variables(line));
    assertSaid(line, problems(environment));
  }

  @ParameterizedTest
  @FieldSource("io.papi.config.WrongConfigurations#LINES")
  void read_wrongLineInTheFile_saysWhatToMend(String line) throws IOException {
    Path file = write("wrong.conf", "# line 1\n" + set(line) + "\n");
    assertSaid(line, problems(Map.of("PAPI_CONFIG", file.toString())));
  }

  @Test
  void read_wrongCertificate_namesTheKey() throws Exception {
    TlsPair.make(directory, "EC-256", 30).replaceIn(directory);
    Map<String, String> files = new HashMap<>(TlsPair.environment(directory));
    assertThat(Configuration.read(files, Path.of("/nowhere/token")).http().exposure().tls())
        .isPresent();
    String key = directory.resolve("ec.p8").toString();
    files.put("PAPI_TLS_PRIVATE_KEY_FILE", key);
    assertThat(problems(files))
        .containsExactly(
            "PAPI_TLS_PRIVATE_KEY_FILE: tls-private-key-file: "
                + key
                + " does not belong to the certificate, or is damaged");
    files.put("PAPI_TLS_CERTIFICATE_FILE", key);
    assertThat(problems(files))
        .containsExactly(
            "PAPI_TLS_CERTIFICATE_FILE: tls-certificate-file: "
                + key
                + " has no certificate in PEM form (BEGIN CERTIFICATE)");
  }

  @Test
  void read_manyProblems_areToldAtOnce() throws IOException {
    Path file =
        write(
            "many.conf",
            """
            prot = 1
            max-ids = 0
            fresh-for = soon
            datasets.second { table = "T;", colour = red, stale-after = 2s }
            datasets.third.key-length = 99
            """);
    Map<String, String> environment = new HashMap<>();
    environment.put("PAPI_CONFIG", file.toString());
    environment.put("PAPI_STORE", "snowflake");
    environment.put("PAPI_REDIS", "redis://:open#sesame@host");
    environment.put("PAPI_PROT", "1");
    environment.put("PAPI_DATASETS_THIRD_TABLE", "T");
    environment.put("SNOWFLAKE_PROTOCOL", "http");
    environment.put("SNOWFLAKE_PASSWORD", "open sesame");
    environment.put("SNOWFLAKE_PASSWORD_FILE", directory.resolve("none").toString());
    assertThat(problems(environment))
        .containsExactlyInAnyOrder(
            file + ":1: prot is no key of this service: did you mean port?",
            file + ":2: max-ids is 0, not 1 to 10000",
            file + ":3: fresh-for is soon, not a duration such as 150ms, 20s, 3m or 1h",
            file
                + ":4: datasets.second.colour is no key of this service: did you mean"
                + " datasets.second.columns?",
            file + ":4: datasets.second.table is T;, not the name of a table",
            file + ":4: datasets.second.key (PAPI_DATASETS_SECOND_KEY) is not set",
            file
                + ":4: datasets.second.stale-after is 2s, above the deadline of 1s: lower it, or"
                + " raise the deadline",
            file + ":5: datasets.third.key (PAPI_DATASETS_THIRD_KEY) is not set",
            file + ":5: datasets.third.key-length is 99, not 1 to 38",
            "PAPI_PROT is no key of this service: did you mean PAPI_PORT?",
            "PAPI_REDIS: redis is not embedded, off, redis://… or rediss://…: uri has a ? or # in"
                + " it; in a password write %3F and %23 for them",
            "snowflake.account (SNOWFLAKE_ACCOUNT) is not set",
            "SNOWFLAKE_PASSWORD_FILE: snowflake.password is set by SNOWFLAKE_PASSWORD too: leave"
                + " one of them out",
            "SNOWFLAKE_PASSWORD_FILE: snowflake.password is set, but snowflake.user"
                + " (SNOWFLAKE_USER) is not");
  }

  @Test
  void read_fileThatCannotBeRead_saysWhatTheVariablesHaveWrong_andNothingThatItMayHold() {
    Map<String, String> environment =
        Map.of(
            "PAPI_CONFIG", "/nowhere",
            "PAPI_STORE", "snowflake",
            "PAPI_PORT", "x",
            "PAPI_DATASETS_SECOND_TABLE", "T");
    assertThat(problems(environment))
        .containsExactlyInAnyOrder(
            "PAPI_CONFIG: /nowhere cannot be read: there is no such file",
            "PAPI_PORT: port is x, not a whole number");
  }

  @Test
  void read_nameWithADotWithoutQuotes_saysHowToWriteIt() throws IOException {
    Path file = write("dots.conf", "embedded-tables.DATA.T { from = papi.txt }\n");
    assertThat(problems(Map.of("PAPI_CONFIG", file.toString())))
        .containsExactlyInAnyOrder(
            file
                + ":1: embedded-tables.DATA.T is no key of this service: put double quotes around a"
                + " name with a dot, \"DATA.T\"",
            file + ":1: embedded-tables.DATA.from (PAPI_EMBEDDED_TABLES_DATA_FROM) is not set");
  }

  private void assertSaid(String line, List<String> problems) {
    assertThat(problems).containsExactly(inFolder(line.split(" => ", 2)[1]));
  }

  private static List<String> problems(Map<String, String> environment) {
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> Configuration.read(environment, Path.of("/nowhere/token")));
    assertThat(refusal).as("is refused").isNotNull();
    assertThat(refusal.getMessage()).doesNotContainIgnoringCase("sesam").doesNotContain("hush");
    return refusal.problems();
  }

  private Map<String, String> variables(String line) {
    Map<String, String> variables = new HashMap<>();
    for (String each : set(line).split(", ", -1)) {
      String[] parts = each.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }

  private String set(String line) {
    return inFolder(line.split(" => ", 2)[0]);
  }

  private String inFolder(String text) {
    return text.replaceAll("\\$(?=[/ ]|$)", directory.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
