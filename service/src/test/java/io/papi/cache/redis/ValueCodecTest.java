package io.papi.cache.redis;

import static io.papi.testing.Property.bytes;
import static io.papi.testing.Property.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.cache.redis.Decoded.Garbage;
import io.papi.cache.redis.Decoded.Kept;
import io.papi.cache.redis.Decoded.KeptAbsence;
import io.papi.cache.redis.Decoded.KeptUnreadable;
import io.papi.cache.redis.clock.Stamp;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Row;
import io.papi.testing.Property;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
  private static final byte[] NAME = "papi:customer:0a1b2c3d:1885".getBytes(UTF_8);
  private static final Stamp STAMP = new Stamp(3, 2_000);
  private static final int MAX_JSON = 300;

  private final ValueCodec codec = new ValueCodec();

  @Test
  void decode_encodedRow_isTheRow() {
    Property.check(
        random -> {
          byte[] json = bytes(random, MAX_JSON);
          Stamp stamp = stamp(random);
          long tag = random.nextLong();
          byte[] value = codec.encodeRow(NAME, Row.kept(json.clone(), tag), stamp);

          assertThat(codec.decode(NAME, value))
              .isInstanceOfSatisfying(
                  Kept.class,
                  kept -> {
                    assertThat(kept.stamp()).isEqualTo(stamp);
                    assertThat(kept.row().tag()).isEqualTo(tag);
                    byte[] copy = new byte[kept.row().length()];
                    kept.row().copyTo(copy, 0);
                    assertThat(copy).isEqualTo(json);
                  });
        });
  }

  /** What was read later than it says would be fresh for too long. */
  @Test
  void decode_readTimeBetweenMilliseconds_isTheOneBefore() {
    assertThat(codec.decode(NAME, codec.encodeAbsence(NAME, new Stamp(3, 2_999))))
        .isEqualTo(new KeptAbsence(new Stamp(3, 2_000)));
    assertThat(codec.decode(NAME, codec.encodeAbsence(NAME, new Stamp(3, -1))))
        .isEqualTo(new KeptAbsence(new Stamp(3, -1_000)));
  }

  @Test
  void decode_encodedAbsence_isTheAbsence() {
    Property.check(
        random -> {
          Stamp stamp = stamp(random);
          assertThat(codec.decode(NAME, codec.encodeAbsence(NAME, stamp)))
              .isEqualTo(new KeptAbsence(stamp));
        });
  }

  @Test
  void decode_encodedUnreadable_isThat() {
    Property.check(
        random -> {
          Stamp stamp = stamp(random);
          for (Fault fault : Fault.values()) {
            assertThat(codec.decode(NAME, codec.encodeUnreadable(NAME, fault, stamp)))
                .isEqualTo(new KeptUnreadable(fault, stamp));
          }
        });
  }

  /** Services of several versions share a Redis: what one writes the others must read. */
  @Test
  void encode_eachKind_isAsItAlwaysWas() {
    String stamp = "00000003" + "000000000002";
    assertThat(hex(codec.encodeAbsence(NAME, STAMP))).startsWith("40" + stamp);
    assertThat(hex(codec.encodeRow(NAME, Row.kept(new byte[] {'x'}, 5), STAMP)))
        .startsWith("41" + stamp + "0000000000000005" + "78");
    assertThat(hex(codec.encodeUnreadable(NAME, Fault.VALUE, STAMP))).startsWith("42" + stamp);
    assertThat(hex(codec.encodeUnreadable(NAME, Fault.TOO_LARGE, STAMP))).startsWith("43" + stamp);
  }

  @Test
  void decode_oneByteChanged_isGarbage() {
    Property.check(
        random -> {
          byte[] value = row(random);
          value[random.nextInt(value.length)] ^= (byte) random.nextInt(1, 256);

          assertThat(codec.decode(NAME, value)).isInstanceOf(Garbage.class);
        });
  }

  @Test
  void decode_cut_isGarbage() {
    Property.check(
        random -> {
          byte[] value = row(random);
          byte[] cut = Arrays.copyOf(value, random.nextInt(value.length));

          assertThat(codec.decode(NAME, cut)).isInstanceOf(Garbage.class);
        });
  }

  @Test
  void decode_lengthened_isGarbage() {
    Property.check(
        random -> {
          byte[] value = row(random);
          byte[] longer = Arrays.copyOf(value, value.length + 1);
          longer[value.length] = (byte) random.nextInt();

          assertThat(codec.decode(NAME, longer)).isEqualTo(Garbage.CHECKSUM);
        });
  }

  @Test
  void decode_valueOfAnotherKey_isGarbage() {
    Property.check(
        random -> {
          byte[] name = text(random, 40).getBytes(UTF_8);
          byte[] other = text(random, 40).getBytes(UTF_8);
          if (!Arrays.equals(name, other)) {
            assertThat(codec.decode(other, codec.encodeAbsence(name, STAMP)))
                .isEqualTo(Garbage.CHECKSUM);
          }
        });
  }

  @Test
  void decode_anyBytes_isGarbage() {
    Property.check(
        random -> assertThat(codec.decode(NAME, bytes(random, 200))).isInstanceOf(Garbage.class));
  }

  @Test
  void decode_otherFormat_saysSo() {
    byte[] value = codec.encodeAbsence(NAME, STAMP);
    value[0] ^= 0x10;

    assertThat(codec.decode(NAME, value)).isEqualTo(Garbage.FORMAT);
  }

  @Test
  void decode_empty_saysTooShort() {
    assertThat(codec.decode(NAME, new byte[0])).isEqualTo(Garbage.TOO_SHORT);
  }

  private byte[] row(RandomGenerator random) {
    return codec.encodeRow(NAME, Row.loaded(bytes(random, MAX_JSON)), STAMP);
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  /** The read time in whole milliseconds. */
  private static Stamp stamp(RandomGenerator random) {
    return new Stamp(random.nextInt(), (random.nextLong() >> Short.SIZE) * 1_000);
  }
}
