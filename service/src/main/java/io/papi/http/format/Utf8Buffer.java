package io.papi.http.format;

import io.papi.http.exchange.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow as they are written, and can be sent as they are. Of one thread. */
final class Utf8Buffer implements Body {
  static final byte[] NOTHING = {};

  private static final int FULL_BYTES = 32 * 1024;

  /** Arrays cannot be much longer than that. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  /** No character takes more; those beyond 16 bits are two, and take four. */
  private static final long MAX_BYTES = 3;

  private byte[] bytes;
  private int length;

  /**
   * @param expected the bytes that there will probably be
   */
  Utf8Buffer(int expected) {
    this.bytes = new byte[expected];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /**
   * Whether it is worth sending.
   *
   * @param more bytes that will be added in any case
   */
  boolean isFull(int more) {
    return length + more >= FULL_BYTES;
  }

  /** Adds what is written to it. */
  OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
      }

      @Override
      public void write(byte[] more, int offset, int count) {
        add(more, offset, offset + count);
      }
    };
  }

  /** Empties it; it keeps its room. */
  void clear() {
    length = 0;
  }

  /** Adds an ASCII character. */
  void add(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void add(byte[] more) {
    add(more, 0, more.length);
  }

  void add(byte[] more, int from, int to) {
    reserve(to - from);
    System.arraycopy(more, from, bytes, length, to - from);
    length += to - from;
  }

  /** Adds a text of ASCII alone between two others. */
  void addAscii(byte[] before, String text, byte[] after) {
    int count = text.length();
    reserve((long) before.length + count + after.length);
    byte[] target = bytes;
    int at = length;
    System.arraycopy(before, 0, target, at, before.length);
    at += before.length;
    for (int i = 0; i < count; i++) {
      target[at++] = (byte) text.charAt(i);
    }
    System.arraycopy(after, 0, target, at, after.length);
    length = at + after.length;
  }

  /** Adds a part of a text; half of a surrogate pair becomes U+FFFD. */
  void add(String text, int from, int to) {
    reserve(MAX_BYTES * (to - from));
    int i = from;
    int at = length;
    byte[] target = bytes;
    while (i < to && text.charAt(i) < 0x80) {
      target[at++] = (byte) text.charAt(i++);
    }
    length = at;
    if (i < to) {
      addAny(text, i, to);
    }
  }

  private void addAny(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | c >> 6);
        bytes[length++] = continuation(c);
      } else if (!Character.isSurrogate(c)) {
        addThree(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        addFour(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        addThree('\uFFFD');
      }
    }
  }

  private void addThree(char c) {
    bytes[length++] = (byte) (0xE0 | c >> 12);
    bytes[length++] = continuation(c >> 6);
    bytes[length++] = continuation(c);
  }

  private void addFour(int codePoint) {
    bytes[length++] = (byte) (0xF0 | codePoint >> 18);
    bytes[length++] = continuation(codePoint >> 12);
    bytes[length++] = continuation(codePoint >> 6);
    bytes[length++] = continuation(codePoint);
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      if (needed > MAX_LENGTH) {
        throw new MalformedAnswerException("an answer is longer than 2 GiB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * bytes.length)));
    }
  }
}
