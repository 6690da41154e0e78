package io.papi.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.papi.loadtest.tokens.SignIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Properties properties = new Properties();

  @Test
  void of_nothing_isTheDefaults() {
    Options options = Options.of(properties, "per-second");

    assertThat(options.url()).isEqualTo(URI.create("http://localhost:8001"));
    assertThat(options.ids()).isEqualTo("cust_ids.csv");
    assertThat(options.whole("per-second", 250)).isEqualTo(250);
    assertThat(options.signIn()).isEmpty();
    assertThat(options.keyFile()).isEmpty();
  }

  @Test
  void of_otherProperties_areNotOurs() {
    properties.setProperty("java.home", "/jdk");
    properties.setProperty("gatling.core.encoding", "utf-8");

    assertThat(Options.of(properties).ids()).isEqualTo("cust_ids.csv");
  }

  @Test
  void of_unknownOption_isNamed() {
    properties.setProperty("papi.urll", "http://127.0.0.1:1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties, "per-second"))
        .withMessage(
            "papi.urll is no option here; there are ids, key-file, per-second, sign-in,"
                + " simulation, url");
  }

  @Test
  void of_optionOfAnotherSimulation_isRefused() {
    properties.setProperty("papi.capacity", "10");

    assertThatIllegalArgumentException().isThrownBy(() -> Options.of(properties, "per-second"));
  }

  @Test
  void url_given_isTaken() {
    properties.setProperty("papi.url", "https://papi.example");

    assertThat(Options.of(properties).url()).isEqualTo(URI.create("https://papi.example"));
  }

  @ParameterizedTest
  @CsvSource({"key-pair, KEY_PAIR", "pat-exchange, PAT_EXCHANGE", "pat, PAT"})
  void signIn_given_isTaken(String name, SignIn way) {
    properties.setProperty("papi.sign-in", name);

    assertThat(Options.of(properties).signIn()).contains(way);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KEY_PAIR", "password"})
  void signIn_unknown_isRefused(String name) {
    properties.setProperty("papi.sign-in", name);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties).signIn())
        .withMessage(name + " is no way to sign in; there are key-pair, pat-exchange, pat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8001", "ftp://a", "http://a/customer", "http://a/", ""})
  void url_ofAnotherForm_isRefused(String url) {
    properties.setProperty("papi.url", url);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties).url())
        .withMessageStartingWith("papi.url is " + url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "10000000", "ten", ""})
  void whole_ofAnotherForm_isRefused(String text) {
    properties.setProperty("papi.per-second", text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties, "per-second").whole("per-second", 1))
        .withMessageStartingWith("papi.per-second is " + text);
  }

  @Test
  void whole_withoutDefault_isNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties, "capacity").whole("capacity", "ids a second"))
        .withMessage("papi.capacity is needed: ids a second");
  }

  @Test
  void keyFile_given_isTaken() {
    properties.setProperty("papi.key-file", "/keys/web");

    assertThat(Options.of(properties).keyFile()).contains(Path.of("/keys/web"));
  }

  @Test
  void file_withoutDefault_isNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties, "other").file("other", "the key of another"))
        .withMessage("papi.other is needed: the key of another");
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "3m, 180", "2h, 7200"})
  void duration_hasUnits(String text, long seconds) {
    properties.setProperty("papi.duration", text);

    assertThat(Options.of(properties, "duration").duration("duration", MINUTE, DAY))
        .hasSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"90", "0s", "25h", "1d", "s"})
  void duration_ofAnotherFormOrTooLong_isRefused(String text) {
    properties.setProperty("papi.duration", text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties, "duration").duration("duration", MINUTE, DAY))
        .withMessageStartingWith("papi.duration is " + text);
  }
}
