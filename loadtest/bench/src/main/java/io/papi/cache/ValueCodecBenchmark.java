package io.papi.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Row;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A row to its value in Redis, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValueCodecBenchmark {
  private static final int ROW_BYTES = 500;

  private final ValueCodec codec = new ValueCodec();
  private final byte[] name = "papi:customer:0123456789abcdef:10000".getBytes(UTF_8);

  private final Stamp stamp = new Stamp(1, 1);
  private Row row = Row.kept(new byte[0], 0, 0);
  private byte[] value = {};

  /** One row. */
  @Setup
  public void load() {
    byte[] json = new byte[ROW_BYTES];
    Arrays.fill(json, (byte) 'x');
    row = Row.loaded(json, 0);
    value = codec.encodeRow(name, row, stamp);
  }

  @Benchmark
  public byte[] encode() {
    return codec.encodeRow(name, row, stamp);
  }

  @Benchmark
  public Object decode() {
    return codec.decode(name, value);
  }
}
