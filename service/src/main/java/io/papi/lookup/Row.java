package io.papi.lookup;

import java.nio.ByteBuffer;

/**
 * A row as the JSON object that callers get: made once by the store, copied as it is from then on.
 * Immutable.
 *
 * <p>Beside the bytes it keeps what is expensive to make again: the entity tag (the first 64 bits
 * of the SHA-256 of the bytes) and the time that loading it took, which tells a refresh how far
 * ahead of the row's end it must start.
 */
public final class Row {
  private final byte[] json;
  private final long tag;
  private final long costNanos;

  private Row(byte[] json, long tag, long costNanos) {
    this.json = json;
    this.tag = tag;
    this.costNanos = costNanos;
  }

  /** A row that was just loaded; it owns {@code json} from now on. */
  public static Row loaded(byte[] json, long costNanos) {
    return new Row(json, ByteBuffer.wrap(Sha256.digest().digest(json)).getLong(), costNanos);
  }

  /** A row that a cache kept together with its tag; it owns {@code json} from now on. */
  public static Row kept(byte[] json, long tag, long costNanos) {
    return new Row(json, tag, costNanos);
  }

  /** The number of bytes. */
  public int length() {
    return json.length;
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

  /** How long the statement that read this row took, in nanoseconds. */
  public long costNanos() {
    return costNanos;
  }

  @Override
  public String toString() {
    return "Row[" + json.length + " bytes]";
  }
}
