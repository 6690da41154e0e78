package io.papi.http.format;

import java.util.List;

/** One array of the rows of all arrays, as they are. */
final class JsonArray implements RowWriter {
  private boolean first = true;

  @Override
  public void begin(List<String> columns, Utf8Buffer out) {
    out.add('[');
  }

  @Override
  public void rows(byte[] json, Utf8Buffer out) {
    int end = json.length - 1;
    if (end < 1 || json[0] != '[' || json[end] != ']') {
      throw new MalformedAnswerException("there is something else than rows");
    }
    if (end == 1) {
      return;
    }
    if (!first) {
      out.add(',');
    }
    first = false;
    out.add(json, 1, end);
  }

  @Override
  public void end(Utf8Buffer out) {
    out.add(']');
  }
}
