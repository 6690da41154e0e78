package io.papi.http;

import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The ids of a path. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdParserBenchmark {
  private static final String PREFIX = "/customer/";

  private final IdParser parser = new IdParser(new KeyType.Whole(38), 100);

  /** How many ids. */
  @Param({"1", "10", "100"})
  public int ids;

  private String path = "";

  /** Ids of five digits. */
  @Setup
  public void write() {
    path =
        IntStream.range(0, ids)
            .mapToObj(i -> Integer.toString(10_000 + i))
            .collect(Collectors.joining(",", PREFIX, ""));
  }

  @Benchmark
  public Set<Key> parse() {
    return parser.parse(path.substring(PREFIX.length()));
  }
}
