package io.papi.http;

import io.helidon.http.ServerResponseHeaders;
import io.papi.dataset.Freshness;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Row;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Body and headers of an answer from the near cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnswerBenchmark {
  private static final int ROW_BYTES = 500;
  private static final Origin NEAR = Origin.of(Layer.NEAR, 0);

  private final Freshness freshness =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);

  private final AnswerHeaders answerHeaders = new AnswerHeaders(freshness);

  /** How many rows. */
  @Param({"1", "10", "100"})
  public int ids;

  private List<Found> found = List.of();

  /** Rows as the near cache gives them. */
  @Setup
  public void load() {
    long now = System.nanoTime();
    found = IntStream.range(0, ids).mapToObj(_ -> new Found(row(), now, NEAR)).toList();
  }

  private static Row row() {
    byte[] json = new byte[ROW_BYTES];
    Arrays.fill(json, (byte) 'x');
    return Row.loaded(json, 0);
  }

  @Benchmark
  public void assemble(Blackhole sink) {
    Answer answer = new Answer(freshness, ids, System.nanoTime());
    for (Found one : found) {
      answer.add(one);
    }
    ServerResponseHeaders headers = ServerResponseHeaders.create();
    answerHeaders.add(answer, headers);
    sink.consume(answer.entityTag());
    sink.consume(headers);
    byte[] body = new byte[answer.length()];
    answer.copyTo(body, 0);
    sink.consume(body);
  }
}
