package io.papi.loadtest.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The key of a caller. Its {@code toString} does not show it. */
public record ApiKey(String text) {
  /** Visible ASCII, and with {@code Bearer} in front no longer than the service reads. */
  private static final Pattern FORM = Pattern.compile("[!-~]{1,500}");

  /**
   * @throws IllegalArgumentException if the text cannot be a key; the message does not show it
   */
  public ApiKey {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "what was given as a key has "
              + text.length()
              + " characters; a key has 1 to 500, all of them visible ASCII");
    }
  }

  /**
   * The key that is all of a file, but for space around it.
   *
   * @throws IllegalArgumentException if there is none in it
   */
  public static ApiKey in(Path file) {
    try {
      return new ApiKey(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The header that shows the key.
   *
   * @param atIngress whether Snowflake's ingress is in front, which takes {@code Authorization} for
   *     its own token
   */
  public Header header(boolean atIngress) {
    return atIngress
        ? new Header("X-API-Key", text)
        : new Header("Authorization", "Bearer " + text);
  }

  @Override
  public String toString() {
    return "***";
  }

  /** A header of a request. Its {@code toString} does not show the value. */
  public record Header(String name, String value) {

    @Override
    public String toString() {
      return name + ": ***";
    }
  }
}
