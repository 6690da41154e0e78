package io.papi.cache;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows that are asked for again before their fresh time ends, so that nobody who asks for
 * one waits for the store. Thread-safe.
 *
 * <p>Once a second it looks at what the near cache holds that ends within one to three, or by so
 * much earlier as a statement takes, and reads what was asked for since it was read: in bulk, and
 * from the caches behind the near one first, where another instance may have put what it has read.
 * Nobody waits for it, so it takes what is left over: a few lanes of the store, and none while
 * callers need them.
 */
public final class RefreshAhead implements AutoCloseable {
  /*
   * What is due stands in a queue. Drains work it off, one statement after the other each; there are
   * never more of them than the lanes that a refresh may have. So however much is due, for however
   * long it could not be read, no more statements run at once than that.
   *
   * A drain stops at the first statement that fails or finds no lane. Until one has succeeded again
   * there is one drain, begun anew at each look: a store that is down sees one statement a second,
   * and none while its breaker is open. One that hangs keeps its drains waiting, and there are no
   * others meanwhile. What ends in the queue is dropped: its next caller reads it.
   */
  private static final Logger LOG = LoggerFactory.getLogger(RefreshAhead.class);

  /**
   * So many periods ahead it looks: one is what a bucket spans, one may pass until the next look,
   * and one remains to read in.
   */
  private static final int PERIODS_AHEAD = 3;

  /** So many times as long as the lead must be fresh what is read ahead. */
  private static final int MIN_LEADS = 10;

  private final NearCache near;
  private final Lookup behind;
  private final Lifetime lifetime;
  private final Duration period;
  private final RefreshSettings settings;
  private final Ticker ticker;
  private final Executor background;
  private final Thread clock;
  private final Counter succeeded;
  private final Counter shared;
  private final Counter failed;
  private final Counter dropped;

  @GuardedBy("this")
  private final Deque<NearEntry> queue = new ArrayDeque<>();

  @GuardedBy("this")
  private int drains;

  @GuardedBy("this")
  private boolean failing;

  /**
   * @param behind what the near cache stands in front of
   * @param background runs a drain
   */
  public RefreshAhead(
      String dataset,
      NearCache near,
      Lookup behind,
      Lifetime lifetime,
      RefreshSettings settings,
      MeterRegistry meters,
      Ticker ticker,
      Executor background) {
    this.near = near;
    this.behind = behind;
    this.lifetime = lifetime;
    this.period = lifetime.refreshPeriod();
    this.settings = settings;
    this.ticker = ticker;
    this.background = background;
    this.clock = Thread.ofVirtual().name("refresh-" + dataset).unstarted(this::lookEachPeriod);
    this.succeeded = refreshes(meters, dataset, "ok");
    this.shared = refreshes(meters, dataset, "shared");
    this.failed = refreshes(meters, dataset, "failed");
    this.dropped = refreshes(meters, dataset, "dropped");
  }

  /** Begins to look. */
  public void start() {
    clock.start();
  }

  /** Looks no more; what is under way goes on. */
  @Override
  public void close() {
    clock.interrupt();
  }

  private void lookEachPeriod() {
    try {
      while (true) {
        Thread.sleep(period);
        lookOnce();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void lookOnce() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("a look at what ends soon failed unexpectedly", e);
    }
  }

  /** Queues what ends soon and was asked for, and has it read. */
  void look() {
    Duration ahead = period.multipliedBy(PERIODS_AHEAD).plus(settings.lead());
    int begun = begin(worthReading(near.due(ticker.nanos() + ahead.toNanos())));
    for (int i = 0; i < begun; i++) {
      background.execute(this::drain);
    }
  }

  /** Leaves the others to their next callers. */
  private List<NearEntry> worthReading(List<NearEntry> due) {
    Duration min = settings.lead().multipliedBy(MIN_LEADS);
    List<NearEntry> worth = new ArrayList<>(due.size());
    for (NearEntry entry : due) {
      if (lifetime.isFreshFor(entry.known(), min)) {
        worth.add(entry);
      } else {
        entry.setDue(false);
      }
    }
    return worth;
  }

  /** Returns how many drains are to begin. */
  private synchronized int begin(List<NearEntry> due) {
    queue.addAll(due);
    int allowed = failing ? 1 : settings.lanes();
    int needed = Math.ceilDiv(queue.size(), settings.maxBatch());
    int begun = Math.max(0, Math.min(allowed, needed) - drains);
    drains += begun;
    return begun;
  }

  private void drain() {
    boolean goesOn = true;
    while (goesOn) {
      List<NearEntry> batch = next();
      goesOn = !batch.isEmpty() && refresh(batch);
    }
  }

  /** Takes what one statement has room for, of what is still worth reading; or ends a drain. */
  private synchronized List<NearEntry> next() {
    long now = ticker.nanos();
    List<NearEntry> batch = new ArrayList<>();
    while (batch.size() < settings.maxBatch() && !queue.isEmpty()) {
      NearEntry entry = queue.remove();
      if (!entry.hasLeft() && lifetime.freshLeft(entry.key(), entry.known(), now) > 0) {
        batch.add(entry);
      } else {
        entry.setDue(false);
      }
    }
    drains -= batch.isEmpty() ? 1 : 0;
    return batch;
  }

  /** Reads a batch, and returns whether the drain goes on. */
  private boolean refresh(List<NearEntry> batch) {
    List<NearEntry> unread = batch;
    try {
      Map<Key, Outcome> outcomes = behind.find(keys(batch), need(batch));
      near.keep(foundElsewhere(outcomes));
      unread =
          batch.stream()
              .filter(entry -> !(counted(outcomes.get(entry.key())) instanceof Known))
              .toList();
    } finally {
      done(unread);
    }
    return unread.isEmpty();
  }

  /** Notes how a batch went. */
  private synchronized void done(List<NearEntry> unread) {
    unread.reversed().forEach(queue::addFirst);
    failing = !unread.isEmpty();
    drains -= failing ? 1 : 0;
  }

  private Outcome counted(@Nullable Outcome outcome) {
    Counter counter =
        switch (requireNonNull(outcome, "no outcome for a key that was asked")) {
          case Known known -> known.origin().layer() == Layer.STORE ? succeeded : shared;
          case Unavailable(Reason reason) -> reason == Reason.OVERLOADED ? dropped : failed;
        };
    counter.increment();
    return outcome;
  }

  /** What a load brings is kept by whoever loads it. */
  private static Map<Key, Known> foundElsewhere(Map<Key, Outcome> outcomes) {
    Map<Key, Known> found = new HashMap<>();
    outcomes.forEach(
        (key, outcome) -> {
          if (outcome instanceof Known known && known.origin().layer() != Layer.STORE) {
            found.put(key, known);
          }
        });
    return found;
  }

  private static Set<Key> keys(List<NearEntry> batch) {
    Set<Key> keys = LinkedHashSet.newLinkedHashSet(batch.size());
    for (NearEntry entry : batch) {
      keys.add(entry.key());
    }
    return keys;
  }

  /**
   * What was read later than all that is held; by so much that it is not the same read, dated by
   * another clock on its way through Redis.
   */
  private Need need(List<NearEntry> batch) {
    long now = ticker.nanos();
    long youngest = batch.getFirst().readAt();
    for (NearEntry entry : batch) {
      long readAt = entry.readAt();
      youngest = readAt - youngest > 0 ? readAt : youngest;
    }
    return new Need(
        now,
        youngest + period.toNanos(),
        Deadline.after(settings.patience(), now),
        Priority.REFRESH);
  }

  private static Counter refreshes(MeterRegistry meters, String dataset, String outcome) {
    return Counter.builder("papi.refresh")
        .description("Ids read again before their fresh time ended")
        .tag("dataset", dataset)
        .tag("outcome", outcome)
        .register(meters);
  }
}
