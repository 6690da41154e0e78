package io.papi.http.format;

import java.util.List;

/** Each row as it is on a line of its own: no line break is in it, as it has no blanks. */
final class JsonLines extends EachRow {

  @Override
  public void begin(List<String> columns, Utf8Buffer out) {}

  @Override
  void row(RowReader row, Utf8Buffer out) {
    row.copyRow(out);
    out.add('\n');
  }

  @Override
  public void end(Utf8Buffer out) {}
}
