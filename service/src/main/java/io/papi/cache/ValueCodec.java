package io.papi.cache;

import io.papi.cache.Decoded.Garbage;
import io.papi.cache.Decoded.Kept;
import io.papi.cache.Decoded.KeptAbsence;
import io.papi.cache.Decoded.KeptUnreadable;
import io.papi.lookup.Row;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a value in Redis.
 *
 * <pre>
 *  byte  0      format, {@value #FORMAT}
 *        1      kind, 0 absent, 1 row, 2 a row that cannot be shown
 *        2      read time, microseconds since 1970 on Redis's clock, big-endian as all numbers
 *       10      what loading it cost, nanoseconds; 0 of all but a row
 *       18      the row's tag; 0 of all but a row
 *       26      the row's JSON; nothing of all but a row
 *  last 4       CRC-32C (RFC 3720, appendix B.4) over the Redis key and all bytes before
 * </pre>
 *
 * <p>Since the Redis key is under the checksum, a value that stands under another key than its own
 * is known as such. Stateless, thread-safe.
 */
final class ValueCodec {
  static final int FORMAT = 1;

  private static final byte ABSENT = 0;
  private static final byte ROW = 1;
  private static final byte UNREADABLE = 2;
  private static final int HEADER = 26;
  private static final int CHECKSUM = 4;

  byte[] encodeRow(byte[] name, Row row, long readMicros) {
    byte[] value = new byte[HEADER + row.length() + CHECKSUM];
    row.copyTo(value, HEADER);
    return sealed(name, value, ROW, readMicros, row.costNanos(), row.tag());
  }

  byte[] encodeAbsence(byte[] name, long readMicros) {
    return sealed(name, new byte[HEADER + CHECKSUM], ABSENT, readMicros, 0, 0);
  }

  byte[] encodeUnreadable(byte[] name, long readMicros) {
    return sealed(name, new byte[HEADER + CHECKSUM], UNREADABLE, readMicros, 0, 0);
  }

  /** Reads any bytes: never throws. */
  Decoded decode(byte[] name, byte[] value) {
    if (value.length < HEADER + CHECKSUM) {
      return Garbage.TOO_SHORT;
    }
    if (value[0] != FORMAT) {
      return Garbage.FORMAT;
    }
    ByteBuffer read = ByteBuffer.wrap(value);
    int end = value.length - CHECKSUM;
    if (read.getInt(end) != checksum(name, value, end)) {
      return Garbage.CHECKSUM;
    }
    long readMicros = read.getLong(2);
    boolean hasNothing = end == HEADER && read.getLong(10) == 0 && read.getLong(18) == 0;
    return switch (value[1]) {
      case ROW -> {
        byte[] json = new byte[end - HEADER];
        System.arraycopy(value, HEADER, json, 0, json.length);
        yield new Kept(Row.kept(json, read.getLong(18), read.getLong(10)), readMicros);
      }
      case ABSENT -> hasNothing ? new KeptAbsence(readMicros) : Garbage.KIND;
      case UNREADABLE -> hasNothing ? new KeptUnreadable(readMicros) : Garbage.KIND;
      default -> Garbage.KIND;
    };
  }

  private static byte[] sealed(
      byte[] name, byte[] value, byte kind, long readMicros, long costNanos, long tag) {
    int end = value.length - CHECKSUM;
    ByteBuffer write = ByteBuffer.wrap(value);
    write.put((byte) FORMAT).put(kind).putLong(readMicros).putLong(costNanos).putLong(tag);
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
