package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Key;
import io.papi.lookup.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The names of a dataset's keys in Redis: {@code papi:<dataset>:<hash>:<key>}.
 *
 * <p>The hash is made of what decides an answer and is known before the store is asked: the value's
 * format, the store, table, key column and type, columns in order, how large numbers are written,
 * generation. So a service that would answer differently does not see what this one keeps, while
 * one with another freshness does. Names are taken as they are written: two spellings of one table
 * count as two tables, which costs a second copy but never a wrong row. Immutable.
 */
final class RedisNames {
  private static final int HASH_DIGITS = 8;

  private final byte[] prefix;

  RedisNames(Dataset dataset, StoreIdentity store) {
    this.prefix = ("papi:" + dataset.name() + ":" + hash(dataset, store) + ":").getBytes(UTF_8);
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

  private static String hash(Dataset dataset, StoreIdentity store) {
    MessageDigest digest = Sha256.digest();
    add(digest, String.valueOf(ValueCodec.FORMAT));
    add(digest, store.parts());
    add(digest, dataset.table());
    add(digest, dataset.keyColumn());
    add(
        digest,
        switch (dataset.keyType()) {
          case KeyType.Whole(int digits) -> "whole " + digits;
          case KeyType.Text(int length) -> "text " + length;
        });
    add(digest, dataset.columns());
    add(digest, dataset.largeNumbersAsStrings() ? "large numbers as strings" : "");
    add(digest, String.valueOf(dataset.generation()));
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
  }

  private static void add(MessageDigest digest, List<String> parts) {
    add(digest, String.valueOf(parts.size()));
    for (String part : parts) {
      add(digest, part);
    }
  }

  /** The length comes first, so that no two lists of parts are the same bytes. */
  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
