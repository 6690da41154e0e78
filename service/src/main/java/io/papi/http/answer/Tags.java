package io.papi.http.answer;

import java.util.HexFormat;

/** Entity tags of answers, as 64 bits. */
public final class Tags {
  private Tags() {}

  /** Mixes the next tag in, so that order and number count (a multiplicative hash). */
  public static long fold(long tag, long next) {
    long mixed = (Long.rotateLeft(tag, 23) ^ next) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  /** A tag as the header has it: a strong one. */
  public static String header(long tag) {
    return "\"" + HexFormat.of().toHexDigits(tag) + "\"";
  }
}
