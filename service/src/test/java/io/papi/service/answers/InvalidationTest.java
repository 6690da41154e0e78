package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.cache.Shelves;
import io.papi.coalesce.CoalesceSettings;
import io.papi.coalesce.CoalescedLookup;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Ticker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator has invalidated, while the store still answers an older question. */
@Timeout(60)
class InvalidationTest {
  private static final Key KEY = new Key("7");
  private static final Duration FRESH = Duration.ofMinutes(3);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              FRESH, Duration.ofHours(1), Duration.ofMillis(150), Duration.ofSeconds(30), 0),
          0);
  private final NearCache near =
      new NearCache("test", new NearSettings(1 << 20, 1), lifetime, meters, ticker);
  private final CountDownLatch sent = new CountDownLatch(1);
  private final CountDownLatch firstMayAnswer = new CountDownLatch(1);
  private final AtomicInteger statements = new AtomicInteger();
  private final CoalescedLookup coalesced =
      new CoalescedLookup(
          "test",
          "store",
          new Store(),
          new Shelves(List.of(near)),
          new CoalesceSettings(2, 128, 100, 100, Duration.ofSeconds(30)),
          meters,
          ticker);
  private final CachedLookup lookup =
      new CachedLookup("test", near, coalesced, lifetime, meters, ticker);

  @Test
  void invalidate_whileALoadIsUnderWay_itsRowIsNeitherKeptNorGivenToLaterCallers()
      throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> earlier = callers.submit(() -> lookup.find(KEY, need()));
      sent.await();

      assertThat(coalesced.invalidate(Set.of(KEY), need().deadline())).isTrue();

      assertThat(Outcomes.text(lookup.find(KEY, need()))).contains("\"VERSION\":2");
      firstMayAnswer.countDown();
      assertThat(Outcomes.text(earlier.get())).contains("\"VERSION\":1");
      assertThat(Outcomes.text(lookup.find(KEY, need()))).contains("\"VERSION\":2");
      coalesced.invalidate(Set.of(KEY), need().deadline());
      assertThat(Outcomes.text(lookup.find(KEY, need()))).contains("\"VERSION\":3");
    }
  }

  @Test
  void invalidate_loadLandsBeforeAnybodyAsksAgain_isReadAnew() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> earlier = callers.submit(() -> lookup.find(KEY, need()));
      sent.await();
      coalesced.invalidate(Set.of(KEY), need().deadline());
      firstMayAnswer.countDown();
      earlier.get();

      assertThat(Outcomes.text(lookup.find(KEY, need()))).contains("\"VERSION\":2");
    }
  }

  private Need need() {
    long now = ticker.nanos();
    return new Need(now, now - FRESH.toNanos(), Deadline.after(Duration.ofSeconds(30), now));
  }

  /** A store whose row changes with every statement, and whose first answer waits. */
  private final class Store implements Loader {

    @Override
    public Map<Key, Outcome> load(Set<Key> keys) {
      int statement = statements.incrementAndGet();
      Outcome read = Outcomes.found(KEY, statement, ticker.nanos());
      if (statement == 1) {
        sent.countDown();
        try {
          firstMayAnswer.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Map.of(KEY, read);
    }
  }
}
