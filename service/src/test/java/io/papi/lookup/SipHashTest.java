package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
  /** The key of the published vectors: the bytes 0 to 15. */
  private static final SipHash PUBLISHED = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /**
   * Vectors of Rust's library (coretests/tests/hash/sip.rs), whose maps use the same hash: of the
   * bytes 0, 1, 2, … of an even number, which are the units 0x0100, 0x0302, ….
   */
  @ParameterizedTest
  @CsvSource({
    "0, dcc40f055801acab",
    "2, 4dd4c74d029bcb82",
    "4, 2883d388605775cf",
    "6, a7229fc5502b0dc5",
    "8, 8e9a298d11959036",
    "14, 345df9c011a15a60",
    "16, 668b907d1add4fcc",
    "24, 8c9c3467b2ae64f4",
    "62, e094664b15f6b2c3"
  })
  void of_publishedVector_isTheSame(int bytes, String littleEndian) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i += Character.BYTES) {
      text.append((char) (i | ((i + 1) << 8)));
    }
    long expected = Long.reverseBytes(HexFormat.fromHexDigitsToLong(littleEndian));
    assertThat(PUBLISHED.of(text.toString())).isEqualTo(expected);
  }

  @Test
  void random_twice_differs() {
    assertThat(SipHash.random().of("1885")).isNotEqualTo(SipHash.random().of("1885"));
  }
}
