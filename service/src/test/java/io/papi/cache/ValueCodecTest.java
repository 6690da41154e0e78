package io.papi.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.cache.Decoded.Garbage;
import io.papi.cache.Decoded.Kept;
import io.papi.cache.Decoded.KeptAbsence;
import io.papi.cache.Decoded.KeptUnreadable;
import io.papi.lookup.Row;
import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ValueCodecTest {
  private static final byte[] NAME = "papi:customer:0a1b2c3d:1885".getBytes(UTF_8);

  private final ValueCodec codec = new ValueCodec();

  @Property
  void decode_encodedRow_isTheRow(
      @ForAll byte[] json, @ForAll long readMicros, @ForAll long cost, @ForAll long tag) {
    byte[] value = codec.encodeRow(NAME, Row.kept(json.clone(), tag, cost), readMicros);

    assertThat(codec.decode(NAME, value))
        .isInstanceOfSatisfying(
            Kept.class,
            kept -> {
              assertThat(kept.readMicros()).isEqualTo(readMicros);
              assertThat(kept.row().tag()).isEqualTo(tag);
              assertThat(kept.row().costNanos()).isEqualTo(cost);
              byte[] copy = new byte[kept.row().length()];
              kept.row().copyTo(copy, 0);
              assertThat(copy).isEqualTo(json);
            });
  }

  @Property
  void decode_encodedAbsence_isTheAbsence(@ForAll long readMicros) {
    assertThat(codec.decode(NAME, codec.encodeAbsence(NAME, readMicros)))
        .isEqualTo(new KeptAbsence(readMicros));
  }

  @Property
  void decode_encodedUnreadable_isThat(@ForAll long readMicros) {
    assertThat(codec.decode(NAME, codec.encodeUnreadable(NAME, readMicros)))
        .isEqualTo(new KeptUnreadable(readMicros));
  }

  @Property
  void decode_oneByteChanged_isGarbage(
      @ForAll @Size(max = 300) byte[] json,
      @ForAll int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] value = codec.encodeRow(NAME, Row.loaded(json, 1), 2);
    value[Math.floorMod(position, value.length)] ^= (byte) change;

    assertThat(codec.decode(NAME, value)).isInstanceOf(Garbage.class);
  }

  @Property
  void decode_cut_isGarbage(@ForAll @Size(max = 300) byte[] json, @ForAll int at) {
    byte[] value = codec.encodeRow(NAME, Row.loaded(json, 1), 2);
    byte[] cut = Arrays.copyOf(value, Math.floorMod(at, value.length));

    assertThat(codec.decode(NAME, cut)).isInstanceOf(Garbage.class);
  }

  @Property
  void decode_lengthened_isGarbage(@ForAll @Size(max = 300) byte[] json, @ForAll byte more) {
    byte[] value = codec.encodeRow(NAME, Row.loaded(json, 1), 2);
    byte[] longer = Arrays.copyOf(value, value.length + 1);
    longer[value.length] = more;

    assertThat(codec.decode(NAME, longer)).isEqualTo(Garbage.CHECKSUM);
  }

  @Property
  void decode_valueOfAnotherKey_isGarbage(@ForAll String one, @ForAll String other) {
    byte[] oneName = one.getBytes(UTF_8);
    byte[] otherName = other.getBytes(UTF_8);
    Assume.that(!Arrays.equals(oneName, otherName));

    assertThat(codec.decode(otherName, codec.encodeAbsence(oneName, 3)))
        .isEqualTo(Garbage.CHECKSUM);
  }

  @Property
  void decode_anyBytes_isGarbage(@ForAll @Size(max = 200) byte[] value) {
    assertThat(codec.decode(NAME, value)).isInstanceOf(Garbage.class);
  }

  @Example
  void decode_otherFormat_saysSo() {
    byte[] value = codec.encodeAbsence(NAME, 3);
    value[0]++;

    assertThat(codec.decode(NAME, value)).isEqualTo(Garbage.FORMAT);
  }

  @Example
  void decode_empty_saysTooShort() {
    assertThat(codec.decode(NAME, new byte[0])).isEqualTo(Garbage.TOO_SHORT);
  }
}
