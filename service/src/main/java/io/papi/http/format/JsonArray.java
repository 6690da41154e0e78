package io.papi.http.format;

import java.util.List;

/** A JSON array of the rows as they are. */
final class JsonArray implements RowWriter {
  private boolean first = true;

  @Override
  public void begin(List<String> columns, Utf8Buffer out) {
    out.add('[');
  }

  @Override
  public void row(RowReader row, Utf8Buffer out) {
    if (!first) {
      out.add(',');
    }
    first = false;
    row.copyRow(out);
  }

  @Override
  public void end(Utf8Buffer out) {
    out.add(']');
  }
}
