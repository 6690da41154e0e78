package io.papi.loadtest.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.papi.loadtest.keys.ApiKey.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {
  private static final String KEY = "papi_A-b_9";

  @TempDir private Path directory;

  @Test
  void in_fileWithSpaceAround_isTheKey() throws IOException {
    assertThat(ApiKey.in(file(" " + KEY + "\n"))).isEqualTo(new ApiKey(KEY));
  }

  @Test
  void in_noFile_isNamed() {
    Path file = directory.resolve("none");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> ApiKey.in(file))
        .withMessage(file + " cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "secret secret", "secret\nsecret", "sécret"})
  void in_noKey_isRefusedWithoutShowingIt(String text) throws IOException {
    Path file = file(text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiKey.in(file))
        .withMessageStartingWith(file + ": ")
        .withMessageNotContaining("cret");
  }

  @Test
  void in_longerThanTheServiceReads_isRefused() throws IOException {
    Path file = file("k".repeat(501));

    assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.in(file));
  }

  @Test
  void header_isBearer() {
    assertThat(new ApiKey(KEY).header(false))
        .isEqualTo(new Header("Authorization", "Bearer " + KEY));
  }

  @Test
  void header_atIngress_leavesAuthorizationToTheToken() {
    assertThat(new ApiKey(KEY).header(true)).isEqualTo(new Header("X-API-Key", KEY));
  }

  @Test
  void toString_neverShowsTheKey() {
    ApiKey key = new ApiKey(KEY);

    assertThat(key + " " + key.header(false) + key.header(true)).doesNotContain(KEY);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("key"), text);
  }
}
