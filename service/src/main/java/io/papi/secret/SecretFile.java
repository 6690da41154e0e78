package io.papi.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that holds one secret: text in UTF-8 of one line, whose end does not count. What looks
 * otherwise is refused rather than sent: a server would only say that the secret is wrong.
 */
public final class SecretFile {
  /** No secret is longer, and a device without an end is not read for ever. */
  private static final int MAX_BYTES = 1 << 16;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SecretFile() {}

  /**
   * The secret in {@code file}.
   *
   * @throws UnusableSecretException if it cannot be read, or is not one line of text
   */
  public static String read(Path file) throws UnusableSecretException {
    String text = text(file);
    if (text.indexOf(BYTE_ORDER_MARK) == 0) {
      throw new UnusableSecretException(
          file + " begins with a byte order mark: save it as UTF-8 without one");
    }
    String secret = withoutLineEnd(text);
    if (secret.isBlank()) {
      throw new UnusableSecretException(file + " is empty");
    }
    long lines = secret.lines().count();
    if (lines > 1 || secret.indexOf('\r') >= 0) {
      throw new UnusableSecretException(
          file + " has " + Math.max(2, lines) + " lines: a secret is one line");
    }
    return secret;
  }

  /** {@code text} without the end of its last line, which editors and {@code echo} add. */
  public static String withoutLineEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }

  /** All of a small file's text. */
  public static String text(Path file) throws UnusableSecretException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UnusableSecretException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableSecretException(file + " is not text in UTF-8: save it as that");
    } catch (NoSuchFileException e) {
      throw new UnusableSecretException(file + " cannot be read: there is no such file");
    } catch (AccessDeniedException e) {
      throw new UnusableSecretException(file + " cannot be read: this user may not read it");
    } catch (IOException e) {
      throw new UnusableSecretException(
          file + " cannot be read" + (Files.isDirectory(file) ? ": it is a directory" : ""));
    }
  }
}
