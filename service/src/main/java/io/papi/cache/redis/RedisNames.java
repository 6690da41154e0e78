package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Key;
import io.papi.lookup.Sha256;
import io.papi.query.Parameter;
import io.papi.query.Query;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The names of a dataset's or a query's keys in Redis: {@code papi:<name>:<hash>:<key>}.
 *
 * <p>The hash is made of what decides an answer and is known before the store is asked: the value's
 * format, the store, table, key column and type, columns in order, or SQL, its parameters and the
 * bounds of an answer, how large numbers are written, generation. So a service that would answer
 * differently does not see what this one keeps, while one with another freshness does. Names are
 * taken as they are written: two spellings of one table count as two tables, which costs a second
 * copy but never a wrong row. Immutable.
 */
final class RedisNames {
  private static final int HASH_DIGITS = 8;

  private final byte[] prefix;

  /** What stands in a name in the place of a key. */
  private final Function<Key, byte[]> shown;

  RedisNames(Dataset dataset, StoreIdentity store) {
    this(dataset.name(), hash(dataset, store), RedisNames::text);
  }

  RedisNames(Query query, StoreIdentity store) {
    this(query.name(), hash(query, store), RedisNames::text);
  }

  private RedisNames(String name, String hash, Function<Key, byte[]> shown) {
    this.prefix = ("papi:" + name + ":" + hash + ":").getBytes(UTF_8);
    this.shown = shown;
  }

  /** Names that do not show the keys of {@code dataset}. */
  static RedisNames hidden(Dataset dataset, StoreIdentity store, NameSecret secret) {
    return new RedisNames(dataset.name(), hash(dataset, store), secret::hide);
  }

  private static byte[] text(Key key) {
    return key.text().getBytes(UTF_8);
  }

  byte[] of(Key key) {
    byte[] text = shown.apply(key);
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
    add(digest, largeNumbers(dataset.largeNumbersAsStrings()));
    add(digest, String.valueOf(dataset.generation()));
    return end(digest);
  }

  private static String hash(Query query, StoreIdentity store) {
    MessageDigest digest = Sha256.digest();
    add(digest, String.valueOf(ValueCodec.FORMAT));
    add(digest, store.parts());
    add(digest, query.sql().toString());
    for (Parameter parameter : query.parameters()) {
      // how a value is bound
      add(digest, List.of(parameter.name(), parameter.type().word()));
    }
    add(digest, String.valueOf(query.limits().maxRows()));
    add(digest, String.valueOf(query.limits().maxBytes()));
    add(digest, largeNumbers(query.largeNumbersAsStrings()));
    add(digest, String.valueOf(query.generation()));
    return end(digest);
  }

  private static String largeNumbers(boolean asStrings) {
    return asStrings ? "large numbers as strings" : "";
  }

  private static String end(MessageDigest digest) {
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
