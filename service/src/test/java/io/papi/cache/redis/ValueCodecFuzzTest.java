package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.papi.cache.redis.Decoded.Garbage;
import io.papi.cache.redis.Decoded.Kept;
import io.papi.cache.redis.Decoded.KeptAbsence;
import io.papi.cache.redis.Decoded.KeptUnreadable;
import io.papi.cache.redis.clock.Stamp;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a value from Redis, as they are and under the checksum that they would need:
 * garbage, or a value that is written again as it was. A plain run tries the seeds alone.
 */
class ValueCodecFuzzTest {
  private static final byte[] NAME = "papi:customer:0a1b2c3d:1885".getBytes(UTF_8);
  private static final byte[] OTHER_NAME = "papi:customer:0a1b2c3d:1886".getBytes(UTF_8);
  private static final int CHECKSUM = 4;

  private final ValueCodec codec = new ValueCodec();

  static Stream<Arguments> seeds() {
    ValueCodec codec = new ValueCodec();
    Stamp stamp = new Stamp(9, 7);
    byte[] row = codec.encodeRow(NAME, Row.loaded("{\"A\":1}".getBytes(UTF_8)), stamp);
    byte[] absence = codec.encodeAbsence(NAME, stamp);
    byte[] otherFormat = row.clone();
    otherFormat[0] ^= 0x10;
    byte[] otherKind = row.clone();
    otherKind[0] ^= 4;
    byte[] unreadable = codec.encodeUnreadable(NAME, Fault.VALUE, new Stamp(3, 7));
    byte[] tooLarge = codec.encodeUnreadable(NAME, Fault.TOO_LARGE, new Stamp(3, 7));
    byte[] unreadableWithBytes = row.clone();
    unreadableWithBytes[0] ^= 3;
    byte[] tooLargeWithBytes = row.clone();
    tooLargeWithBytes[0] ^= 2;
    byte[] absenceThatCost = absence.clone();
    absenceThatCost[14]++;
    return Stream.of(
            new byte[0],
            row,
            absence,
            otherFormat,
            otherKind,
            unreadable,
            unreadableWithBytes,
            tooLarge,
            tooLargeWithBytes,
            absenceThatCost,
            Arrays.copyOf(row, 19),
            codec.encodeRow(OTHER_NAME, Row.loaded(new byte[0]), new Stamp(-9, -7)))
        .map(value -> arguments((Object) value));
  }

  @MethodSource("seeds")
  @FuzzTest
  void decode_anyBytes_isGarbageOrWrittenAgainAsItWas(byte[] value) {
    check(value);
    check(sealed(value));
  }

  private void check(byte[] value) {
    byte[] before = value.clone();
    switch (codec.decode(NAME, value)) {
      case Kept(Row row, Stamp stamp) -> assertSound(before, codec.encodeRow(NAME, row, stamp));
      case KeptAbsence(Stamp stamp) -> assertSound(before, codec.encodeAbsence(NAME, stamp));
      case KeptUnreadable(Fault fault, Stamp stamp) ->
          assertSound(before, codec.encodeUnreadable(NAME, fault, stamp));
      case Garbage _ -> {}
    }
    assertThat(value).isEqualTo(before);
  }

  private void assertSound(byte[] value, byte[] again) {
    assertThat(again).isEqualTo(value);
    assertThat(codec.decode(OTHER_NAME, value)).isEqualTo(Garbage.CHECKSUM);
  }

  /** The same with the checksum that fits, which nobody finds by trying. */
  private static byte[] sealed(byte[] value) {
    if (value.length < CHECKSUM) {
      return value;
    }
    byte[] sealed = value.clone();
    int end = value.length - CHECKSUM;
    CRC32C crc = new CRC32C();
    crc.update(NAME);
    crc.update(sealed, 0, end);
    ByteBuffer.wrap(sealed).putInt(end, (int) crc.getValue());
    return sealed;
  }
}
