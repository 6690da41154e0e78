package io.papi.loadtest.bench;

import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.metrics.Metrics;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
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

/** A look-up of rows that the near cache holds, through the lookup that stands around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NearLookupBenchmark {
  private static final int ROW_BYTES = 500;
  private static final long CACHE_BYTES = 64 << 20;
  private static final int ROWS = 10_000;

  private final Ticker ticker = Ticker.system();
  private final Metrics metrics = new Metrics("benchmark", ticker);
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofHours(1),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0.1),
          1);
  private final NearCache cache =
      new NearCache(
          "customer", new NearSettings(CACHE_BYTES, 1), lifetime, metrics.registry(), ticker);
  private final Lookup nothing =
      (keys, _) ->
          keys.stream()
              .collect(Collectors.toMap(key -> key, _ -> new Unavailable(Reason.STORE_FAILED)));
  private final Lookup lookup =
      new CachedLookup("customer", cache, nothing, lifetime, metrics.registry(), ticker);

  /** How many ids. */
  @Param({"1", "10", "100"})
  public int ids;

  private Set<Key> keys = Set.of();
  private Key first = new Key("");

  /** A cache with more rows than are asked for. */
  @Setup
  public void load() {
    for (int i = 0; i < ROWS; i++) {
      byte[] json = new byte[ROW_BYTES];
      Arrays.fill(json, (byte) 'x');
      Known known = new Found(Row.loaded(json), ticker.nanos(), Origin.of(Layer.STORE, 1));
      cache.keep(Map.of(new Key(Integer.toString(i)), known));
    }
    keys =
        IntStream.range(0, ids)
            .mapToObj(i -> new Key(Integer.toString(i)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    first = keys.iterator().next();
  }

  @Benchmark
  public Object find() {
    long now = ticker.nanos();
    Need need =
        new Need(
            now, now - Duration.ofHours(1).toNanos(), Deadline.after(Duration.ofSeconds(1), now));
    return ids == 1 ? lookup.find(first, need) : lookup.find(keys, need);
  }
}
