package io.papi.service.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.ServiceProcess;
import io.papi.testing.SnowflakeStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret with letters beyond ASCII, in locales that know them and in one that does not. */
@Timeout(120)
class LocaleIT {
  private static final String PASSWORD = "P\u00e4ssw\u00f6rt\u20ac";

  /** The same as bytes in UTF-8, for a shell. */
  private static final String SET_IT =
      "export SNOWFLAKE_PASSWORD=\"$(printf 'P\\303\\244ssw\\303\\266rt\\342\\202\\254')\"";

  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(new JdbcDataSource());
  @TempDir private Path temporary;

  @AfterEach
  void stop() {
    snowflake.close();
  }

  @Test
  void secretInAVariable_inALocaleWithoutItsLetters_refusesToStart() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.startAfter("export LC_ALL=C; " + SET_IT, temporary, environment())) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.log())
          .contains(
              "refusing to start: SNOWFLAKE_PASSWORD: snowflake.password has characters that"
                  + " cannot be read")
          .contains("LC_ALL=C.UTF-8")
          .doesNotContain("P\u00e4", "P\uFFFD", "P?");
    }
    assertThat(snowflake.signIns()).isEmpty();
  }

  @Test
  void secretInAVariable_inUtf8_isSentAsItIs() {
    try (ServiceProcess _ =
        ServiceProcess.startAfter("export LC_ALL=C.UTF-8; " + SET_IT, temporary, environment())) {
      assertSent();
    }
  }

  @Test
  void secretInAFile_inALocaleWithoutItsLetters_isSentAsItIs() throws Exception {
    Path file = Files.writeString(temporary.resolve("password"), PASSWORD + "\n", UTF_8);
    Map<String, String> environment = environment();
    environment.put("SNOWFLAKE_PASSWORD_FILE", file.toString());
    try (ServiceProcess _ = ServiceProcess.startAfter("export LC_ALL=C", temporary, environment)) {
      assertSent();
    }
  }

  private void assertSent() {
    Await.until("it has signed in", () -> !snowflake.signIns().isEmpty());
    assertThat(snowflake.signIns().element().path("PASSWORD").asString()).isEqualTo(PASSWORD);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.remove("SNOWFLAKE_PASSWORD");
    environment.put("PAPI_REDIS", "off");
    return environment;
  }
}
