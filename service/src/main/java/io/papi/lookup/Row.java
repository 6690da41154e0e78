package io.papi.lookup;

import java.nio.ByteBuffer;

/**
 * A row as the JSON object that callers get: made once by the store, copied as it is from then on.
 * Immutable.
 *
 * <p>Beside the bytes it keeps what is expensive to make again: the entity tag, the first 64 bits
 * of the SHA-256 of the bytes.
 */
public final class Row {
  private final byte[] json;
  private final long tag;

  private Row(byte[] json, long tag) {
    this.json = json;
    this.tag = tag;
  }

  /** A row that was just loaded; it owns {@code json} from now on. */
  public static Row loaded(byte[] json) {
    return new Row(json, ByteBuffer.wrap(Sha256.digest().digest(json)).getLong());
  }

  /**
   * A row that a cache kept together with its tag.
   *
   * @param json which nobody may change any more
   */
  public static Row kept(byte[] json, long tag) {
    return new Row(json, tag);
  }

  /** The number of bytes. */
  public int length() {
    return json.length;
  }

  /** The bytes themselves, for a cache to keep with the {@link #tag}: nobody may change them. */
  public byte[] json() {
    return json;
  }

  /** Copies all bytes into {@code target}, beginning at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(json, 0, target, offset, json.length);
  }

  /**
   * A strong 64-bit tag of the bytes: equal bytes have equal tags, whenever and wherever they were
   * read.
   */
  public long tag() {
    return tag;
  }

  @Override
  public String toString() {
    return "Row[" + json.length + " bytes]";
  }
}
