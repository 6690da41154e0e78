package io.papi.http.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a text in PEM form (RFC 7468). What stands around them does not count. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /**
   * A block.
   *
   * @param content what stands between its lines BEGIN and END
   */
  record Block(String label, String content) {

    /**
     * The bytes that it holds.
     *
     * @throws IllegalArgumentException if it holds something else than bytes in Base64
     */
    byte[] bytes() {
      return Base64.getDecoder().decode(content.replaceAll("\\s", ""));
    }

    /** Its label alone: what it holds may be a secret. */
    @Override
    public String toString() {
      return label;
    }
  }

  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
