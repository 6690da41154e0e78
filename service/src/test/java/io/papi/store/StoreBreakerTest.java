package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.LoaderContract;
import io.papi.lookup.Lookup;
import io.papi.lookup.LookupContract;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.FakeLoader;
import io.papi.testing.FakeLookup;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreBreakerTest {
  private static final Key KEY = new Key("1");
  private static final Need NEED = new Need(0, 0, new Deadline(Long.MAX_VALUE));
  private static final Unavailable FAILED = new Unavailable(Reason.STORE_FAILED);
  private static final Unavailable LEFT_ALONE = new Unavailable(Reason.STORE_BYPASSED);

  private static StoreBreaker closedBreaker() {
    return StoreBreaker.ofServer(
        new StoreSettings(1, 128, Duration.ofHours(1)), new SimpleMeterRegistry());
  }

  /** The closed breaker in front of the waiting line. */
  @Nested
  class Gated extends LookupContract {
    private final ManualTicker ticker = new ManualTicker();
    private final Lookup gated = closedBreaker().gated(new FakeLookup(key -> stored(key, ticker)));

    @Override
    protected Lookup lookup() {
      return gated;
    }

    @Override
    protected Ticker ticker() {
      return ticker;
    }

    @Test
    void toString_showsTheChain() {
      assertThat(gated).hasToString("breaker(fake)");
    }
  }

  /** The closed breaker next to the store. */
  @Nested
  class Counted extends LoaderContract {
    private final ManualTicker ticker = new ManualTicker();
    private final Loader counted =
        closedBreaker().counted(new FakeLoader(key -> stored(key, ticker)));

    @Override
    protected Loader loader() {
      return counted;
    }

    @Override
    protected Ticker ticker() {
      return ticker;
    }

    @Test
    void toString_isTheStores() {
      assertThat(counted).hasToString("fake");
    }
  }

  /** A store behind a breaker. */
  private static final class Guarded {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FakeLoader store = new FakeLoader(_ -> FAILED);
    final Lookup lookup;

    Guarded(Duration wait) {
      StoreBreaker breaker = StoreBreaker.ofDataset("one", new StoreSettings(1, 128, wait), meters);
      lookup = breaker.gated(waiting(breaker.counted(store)));
    }

    boolean isOpen() {
      return meters.get("papi.breaker.state").gauge().value() == 1;
    }

    /** Asks until it opens. */
    Guarded opened() {
      while (!isOpen()) {
        assertThat(lookup.find(KEY, NEED)).isIn(FAILED, LEFT_ALONE);
      }
      return this;
    }

    /** How long it is open from now on. */
    Duration openFor() {
      long began = System.nanoTime();
      Await.until("it is on trial", () -> !isOpen());
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  @Test
  void find_whileOpen_leavesTheStoreAlone() {
    Guarded guarded = new Guarded(Duration.ofHours(1)).opened();
    int asked = guarded.store.loads().size();
    for (int i = 0; i < 100; i++) {
      assertThat(guarded.lookup.find(KEY, NEED)).isEqualTo(LEFT_ALONE);
    }
    assertThat(guarded.store.loads()).hasSize(asked);
  }

  @Test
  void find_storeStaysDown_waitsLongerEachTime() {
    Guarded guarded = new Guarded(Duration.ofMillis(100));
    // 100 ms doubled three times, less the jitter
    Duration least = Duration.ofMillis(560 - 60);
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waits.add(guarded.opened().openFor());
    }
    assertThat(waits.getLast()).isGreaterThan(least);
  }

  @Test
  void find_manyBreakers_doNotTryAtTheSameTime() {
    List<Guarded> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(new Guarded(Duration.ofSeconds(2)).opened());
    }
    Await.until("the first is on trial", () -> all.stream().anyMatch(one -> !one.isOpen()));
    long first = System.nanoTime();
    Await.until("the last is on trial", () -> all.stream().noneMatch(Guarded::isOpen));
    assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void find_storeIsBack_closes() {
    Guarded guarded = new Guarded(Duration.ofMillis(50)).opened();
    guarded.store.answer(key -> Outcomes.found(key, 1, 0));
    Await.until("it is answered", () -> guarded.lookup.find(KEY, NEED) instanceof Found);
    Await.until(
        "it is closed",
        () -> {
          var _ = guarded.lookup.find(KEY, NEED);
          return guarded.meters.get("papi.breaker.state").gauge().value() == 0;
        });
  }

  @Test
  void find_oneDatasetFails_leavesTheOthersAlone() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    StoreSettings settings = new StoreSettings(1, 128, Duration.ofHours(1));
    StoreBreaker server = StoreBreaker.ofServer(settings, meters);
    Lookup failing = chain(server, "failing", settings, meters, FAILED);
    Lookup healthy = chain(server, "healthy", settings, meters, Outcomes.found(KEY, 1, 0));
    for (int i = 0; i < 100; i++) {
      assertThat(failing.find(KEY, NEED)).isIn(FAILED, LEFT_ALONE);
      assertThat(healthy.find(KEY, NEED)).isInstanceOf(Found.class);
    }
    assertThat(failing.find(KEY, NEED)).isEqualTo(LEFT_ALONE);
    assertThat(state(meters, "store/failing")).isEqualTo(1);
    assertThat(state(meters, "store/healthy")).isZero();
    assertThat(state(meters, "store")).isZero();
  }

  @Test
  void find_serverUnreachable_isLeftAloneForAll() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    StoreSettings settings = new StoreSettings(1, 128, Duration.ofHours(1));
    StoreBreaker server = StoreBreaker.ofServer(settings, meters);
    Unavailable unreachable = new Unavailable(Reason.STORE_UNREACHABLE);
    Lookup one = chain(server, "one", settings, meters, unreachable);
    Lookup other = chain(server, "other", settings, meters, Outcomes.found(KEY, 1, 0));
    for (int i = 0; i < 10; i++) {
      assertThat(one.find(KEY, NEED)).isIn(unreachable, LEFT_ALONE);
    }
    assertThat(other.find(KEY, NEED)).isEqualTo(LEFT_ALONE);
    assertThat(state(meters, "store")).isEqualTo(1);
    assertThat(state(meters, "store/one")).isZero();
    assertThat(state(meters, "store/other")).isZero();
  }

  @Test
  void find_rowsThatCannotBeShown_areNoFailure() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    StoreSettings settings = new StoreSettings(1, 128, Duration.ofHours(1));
    StoreBreaker server = StoreBreaker.ofServer(settings, meters);
    Lookup lookup = chain(server, "one", settings, meters, Outcomes.unreadable(0));
    for (int i = 0; i < 100; i++) {
      assertThat(lookup.find(KEY, NEED)).isInstanceOf(Unreadable.class);
    }
  }

  private static Lookup chain(
      StoreBreaker server,
      String dataset,
      StoreSettings settings,
      SimpleMeterRegistry meters,
      Outcome answer) {
    StoreBreaker own = StoreBreaker.ofDataset(dataset, settings, meters);
    return server.gated(
        own.gated(waiting(server.counted(own.counted(new FakeLoader(_ -> answer))))));
  }

  /** Stands for the coalescing between the breaker's two places. */
  private static Lookup waiting(Loader loader) {
    return (keys, _) -> loader.load(keys);
  }

  private static double state(SimpleMeterRegistry meters, String name) {
    return meters.get("papi.breaker.state").tag("name", name).gauge().value();
  }
}
