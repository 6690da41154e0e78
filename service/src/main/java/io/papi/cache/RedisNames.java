package io.papi.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of a dataset's keys in Redis: {@code papi:<dataset>:<hash>:<key>}.
 *
 * <p>The hash is made from configuration alone: the value's format, table, key column and type,
 * columns in order, how large numbers are written, generation. So a service that is configured to
 * answer otherwise does not see what this one keeps, and one with another freshness does.
 * Immutable.
 */
final class RedisNames {
  private static final int HASH_DIGITS = 8;

  private final byte[] prefix;

  RedisNames(Dataset dataset) {
    this.prefix = ("papi:" + dataset.name() + ":" + hash(dataset) + ":").getBytes(UTF_8);
  }

  byte[] of(Key key) {
    byte[] text = key.text().getBytes(UTF_8);
    byte[] name = new byte[prefix.length + text.length];
    System.arraycopy(prefix, 0, name, 0, prefix.length);
    System.arraycopy(text, 0, name, prefix.length, text.length);
    return name;
  }

  @Override
  public String toString() {
    return new String(prefix, UTF_8) + "*";
  }

  private static String hash(Dataset dataset) {
    MessageDigest digest = sha256();
    add(digest, String.valueOf(ValueCodec.FORMAT));
    add(digest, dataset.table());
    add(digest, dataset.keyColumn());
    add(
        digest,
        switch (dataset.keyType()) {
          case KeyType.Whole(int digits) -> "whole " + digits;
          case KeyType.Text(int length) -> "text " + length;
        });
    for (String column : dataset.columns()) {
      add(digest, column);
    }
    if (dataset.largeNumbersAsStrings()) {
      add(digest, "large numbers as strings");
    }
    add(digest, String.valueOf(dataset.generation()));
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
  }

  /** The length comes first, so that no two lists of parts are the same bytes. */
  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
