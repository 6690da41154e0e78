package io.papi.rows;

/**
 * Steps through the members of a row: a JSON object as the store writes it, without blanks between
 * its parts. Values may be objects and arrays themselves.
 *
 * <p>It reads bytes and makes nothing of them. Of one thread.
 */
public final class RowScanner {
  private final byte[] json;
  private int nameFrom;
  private int nameTo;
  private int valueFrom;
  private int valueTo;

  public RowScanner(byte[] json) {
    this.json = json;
  }

  /**
   * Steps to the next member.
   *
   * @return whether there is one
   * @throws MalformedRowException if this is no row
   */
  public boolean next() throws MalformedRowException {
    if (valueTo == 0) {
      expect(0, '{');
      if (at(1) == '}') {
        return false;
      }
    } else if (at(valueTo) == '}') {
      return false;
    } else {
      expect(valueTo, ',');
    }
    nameFrom = valueTo + 1;
    nameTo = stringEnd(nameFrom);
    expect(nameTo, ':');
    valueFrom = nameTo + 1;
    valueTo = valueEnd(valueFrom);
    return true;
  }

  /** Where the member's name begins, with its quote. */
  public int nameFrom() {
    return nameFrom;
  }

  /** Where the member's name has ended, with its quote. */
  public int nameTo() {
    return nameTo;
  }

  public int valueFrom() {
    return valueFrom;
  }

  public int valueTo() {
    return valueTo;
  }

  private int valueEnd(int from) throws MalformedRowException {
    return switch (at(from)) {
      case '"' -> stringEnd(from);
      case '{', '[' -> nestedEnd(from);
      case ',', '}' -> throw new MalformedRowException();
      default -> scalarEnd(from);
    };
  }

  private int scalarEnd(int from) throws MalformedRowException {
    for (int end = from + 1; end < json.length; end++) {
      if (json[end] == ',' || json[end] == '}') {
        return end;
      }
    }
    throw new MalformedRowException();
  }

  /** Where an object or an array ends that begins at {@code from}. */
  private int nestedEnd(int from) throws MalformedRowException {
    int depth = 0;
    int end = from;
    do {
      switch (at(end)) {
        case '"' -> end = stringEnd(end) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      end++;
    } while (depth > 0);
    return end;
  }

  private int stringEnd(int from) throws MalformedRowException {
    expect(from, '"');
    for (int end = from + 1; end < json.length; end++) {
      if (json[end] == '"') {
        return end + 1;
      }
      if (json[end] == '\\') {
        end++;
      }
    }
    throw new MalformedRowException();
  }

  private void expect(int index, char c) throws MalformedRowException {
    if (at(index) != c) {
      throw new MalformedRowException();
    }
  }

  private byte at(int index) throws MalformedRowException {
    if (index >= json.length) {
      throw new MalformedRowException();
    }
    return json[index];
  }
}
