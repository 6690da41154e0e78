package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.ArrayList;
import java.util.List;

/** A writer that keeps what is written, and during whose writes other things happen. */
final class FakeWriter implements DataWriter {
  final List<String> written = new ArrayList<>();
  Runnable meanwhile = () -> {};

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    meanwhile.run();
    written.add(buffer.readString(buffer.available(), US_ASCII));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(buffers);
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer);
  }
}
