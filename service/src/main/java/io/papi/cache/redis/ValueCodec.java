package io.papi.cache.redis;

import io.papi.cache.redis.Decoded.Garbage;
import io.papi.cache.redis.Decoded.Kept;
import io.papi.cache.redis.Decoded.KeptAbsence;
import io.papi.cache.redis.Decoded.KeptUnreadable;
import io.papi.cache.redis.clock.Stamp;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Row;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a value in Redis.
 *
 * <pre>
 *  byte  0      format, {@value #FORMAT}, in the upper half; in the lower half the kind: 0 absent, 1 row,
 *               2 a row that cannot be shown, 3 a row that is too large
 *        1      which timeline stamped it, big-endian as all numbers
 *        5      read time, whole milliseconds on that timeline, 6 bytes
 *       11      the row's tag; 0 of all but a row
 *       19      the row's JSON; nothing of all but a row
 *  last 4       CRC-32C (RFC 3720, appendix B.4) over the Redis key and all bytes before
 * </pre>
 *
 * <p>The checksum covers the Redis key, so a value that stands under another key than its own is
 * recognized. A kind that a service does not know is garbage to it, so a new one needs no new
 * format.
 *
 * <p>Every byte is there once for each row that Redis holds, whose memory comes in steps: a few
 * bytes more make many of them cost the next step, which is 128 bytes for a row of 480. Stateless,
 * thread-safe.
 */
final class ValueCodec {
  /** To be raised, too, when the same row is written differently than before. */
  static final int FORMAT = 4;

  private static final int ABSENT = 0;
  private static final int ROW = 1;
  private static final int UNREADABLE = 2;
  private static final int TOO_LARGE = 3;
  private static final int KIND_BITS = 4;
  private static final int KINDS = (1 << KIND_BITS) - 1;
  private static final int CLOCK_AT = 1;
  private static final int MILLIS_AT = 5;
  private static final int TAG_AT = 11;

  /** In a millisecond. */
  private static final int MICROS = 1000;

  private static final int HEADER = 19;
  private static final int CHECKSUM = 4;

  byte[] encodeRow(byte[] name, Row row, Stamp stamp) {
    byte[] value = new byte[HEADER + row.length() + CHECKSUM];
    row.copyTo(value, HEADER);
    return sealed(name, value, ROW, stamp, row.tag());
  }

  byte[] encodeAbsence(byte[] name, Stamp stamp) {
    return sealed(name, new byte[HEADER + CHECKSUM], ABSENT, stamp, 0);
  }

  byte[] encodeUnreadable(byte[] name, Fault fault, Stamp stamp) {
    int kind =
        switch (fault) {
          case VALUE -> UNREADABLE;
          case TOO_LARGE -> TOO_LARGE;
        };
    return sealed(name, new byte[HEADER + CHECKSUM], kind, stamp, 0);
  }

  /** Reads any bytes: never throws. */
  Decoded decode(byte[] name, byte[] value) {
    if (value.length < HEADER + CHECKSUM) {
      return Garbage.TOO_SHORT;
    }
    if ((value[0] & 0xff) >> KIND_BITS != FORMAT) {
      return Garbage.FORMAT;
    }
    ByteBuffer read = ByteBuffer.wrap(value);
    int end = value.length - CHECKSUM;
    if (read.getInt(end) != checksum(name, value, end)) {
      return Garbage.CHECKSUM;
    }
    long millis = read.getLong(MILLIS_AT) >> Short.SIZE; // the last bytes are the tag's first
    Stamp stamp = new Stamp(read.getInt(CLOCK_AT), millis * MICROS);
    boolean hasNothing = end == HEADER && read.getLong(TAG_AT) == 0;
    return switch (value[0] & KINDS) {
      case ROW -> {
        byte[] json = new byte[end - HEADER];
        System.arraycopy(value, HEADER, json, 0, json.length);
        yield new Kept(Row.kept(json, read.getLong(TAG_AT)), stamp);
      }
      case ABSENT -> hasNothing ? new KeptAbsence(stamp) : Garbage.KIND;
      case UNREADABLE -> hasNothing ? new KeptUnreadable(Fault.VALUE, stamp) : Garbage.KIND;
      case TOO_LARGE -> hasNothing ? new KeptUnreadable(Fault.TOO_LARGE, stamp) : Garbage.KIND;
      default -> Garbage.KIND;
    };
  }

  private static byte[] sealed(byte[] name, byte[] value, int kind, Stamp stamp, long tag) {
    int end = value.length - CHECKSUM;
    ByteBuffer write = ByteBuffer.wrap(value);
    write.put((byte) (FORMAT << KIND_BITS | kind)).putInt(stamp.clock());
    long millis = Math.floorDiv(stamp.micros(), MICROS);
    write.putLong(MILLIS_AT, millis << Short.SIZE).putLong(TAG_AT, tag);
    write.putInt(end, checksum(name, value, end));
    return value;
  }

  private static int checksum(byte[] name, byte[] value, int end) {
    CRC32C crc = new CRC32C();
    crc.update(name);
    crc.update(value, 0, end);
    return (int) crc.getValue();
  }
}
