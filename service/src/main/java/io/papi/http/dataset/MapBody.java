package io.papi.http.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.http.answer.Findings;
import io.papi.lookup.Key;
import io.papi.lookup.Row;
import io.papi.lookup.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A JSON object of the rows by id, and apart from them the ids that have none and those that could
 * not be answered: {@code {"found":{"1885":{…}},"missing":["7"],"unavailable":["9"]}}.
 */
final class MapBody implements Shaped {
  private static final byte[] BEGIN = "{\"found\":{".getBytes(UTF_8);

  private final List<Row> rows;

  /** What stands before each row: a comma, the id, a colon. */
  private final byte[][] names;

  private final byte[] end;
  private final int length;

  /**
   * @param keys all ids, in their order
   */
  MapBody(Set<Key> keys, Findings findings) {
    this.rows = findings.rows();
    this.names = new byte[rows.size()][];
    this.end = end(findings);
    int bytes = BEGIN.length + end.length;
    // The rows are those of all other ids, in the same order.
    Set<Key> without = new HashSet<>(findings.missing());
    without.addAll(findings.unanswered().keySet());
    int row = 0;
    for (Key key : keys) {
      if (!without.contains(key)) {
        names[row] = name(row > 0, key);
        bytes += names[row].length + rows.get(row).length();
        row++;
      }
    }
    this.length = bytes;
  }

  private static byte[] name(boolean comma, Key key) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    if (comma) {
      name.write(',');
    }
    writeString(name, key);
    name.write(':');
    return name.toByteArray();
  }

  private static byte[] end(Findings findings) {
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes("},\"missing\":[".getBytes(UTF_8));
    writeStrings(end, findings.missing());
    end.writeBytes("],\"unavailable\":[".getBytes(UTF_8));
    writeStrings(end, findings.unanswered().keySet());
    end.writeBytes("]}".getBytes(UTF_8));
    return end.toByteArray();
  }

  private static void writeStrings(ByteArrayOutputStream bytes, Collection<Key> keys) {
    boolean comma = false;
    for (Key key : keys) {
      if (comma) {
        bytes.write(',');
      }
      writeString(bytes, key);
      comma = true;
    }
  }

  private static void writeString(ByteArrayOutputStream bytes, Key key) {
    bytes.write('"');
    bytes.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(key.text()));
    bytes.write('"');
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    int at = put(BEGIN, target, offset);
    for (int i = 0; i < names.length; i++) {
      at = put(names[i], target, at);
      rows.get(i).copyTo(target, at);
      at += rows.get(i).length();
    }
    put(end, target, at);
  }

  private static int put(byte[] bytes, byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
    return at + bytes.length;
  }

  /** Of the ids as they are written, and the rows' tags in the place of their bytes. */
  @Override
  public long tag() {
    MessageDigest digest = Sha256.digest();
    ByteBuffer rowTag = ByteBuffer.allocate(Long.BYTES);
    for (int i = 0; i < names.length; i++) {
      digest.update(names[i]);
      digest.update(rowTag.putLong(0, rows.get(i).tag()).array());
    }
    digest.update(end);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
