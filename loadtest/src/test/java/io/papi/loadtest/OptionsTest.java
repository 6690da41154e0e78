package io.papi.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private final Properties properties = new Properties();

  @Test
  void of_nothing_isTheDefaults() {
    assertThat(Options.of(properties))
        .isEqualTo(new Options("http://localhost:8001", "cust_ids.csv"));
  }

  @Test
  void of_otherProperties_areNotOurs() {
    properties.setProperty("java.home", "/jdk");
    properties.setProperty("gatling.core.encoding", "utf-8");

    assertThat(Options.of(properties).url()).isEqualTo("http://localhost:8001");
  }

  @Test
  void of_url_isTaken() {
    properties.setProperty("papi.url", "http://127.0.0.1:1");

    assertThat(Options.of(properties).url()).isEqualTo("http://127.0.0.1:1");
  }

  @Test
  void of_unknownOption_isNamed() {
    properties.setProperty("papi.urll", "http://127.0.0.1:1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(properties))
        .withMessage("no such option: papi.urll");
  }
}
