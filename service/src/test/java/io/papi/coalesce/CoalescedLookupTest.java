package io.papi.coalesce;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Budget;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Lookup;
import io.papi.lookup.LookupContract;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Requester;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.FakeLoader;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoalescedLookupTest extends LookupContract {
  private static final Duration JOIN_FOR = Duration.ofMillis(500);
  private static final Requester ONE = new Requester();
  private static final Requester ANOTHER = new Requester();

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingShelf shelf = new RecordingShelf();
  private final Gate store = new Gate(ticker);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private CoalescedLookup coalesced = coalesced(2, 1_000);

  private CoalescedLookup coalesced(int lanes, int maxPending) {
    return coalesced(lanes, 128, maxPending);
  }

  private CoalescedLookup coalesced(int lanes, int maxBatch, int maxPending) {
    return new CoalescedLookup(
        "test",
        "store",
        store,
        shelf,
        new CoalesceSettings(lanes, maxBatch, maxPending, 2_000, JOIN_FOR),
        meters,
        ticker);
  }

  @AfterEach
  void close() {
    store.open();
    callers.close();
  }

  @Override
  protected Lookup lookup() {
    store.open();
    return coalesced;
  }

  @Override
  protected Ticker ticker() {
    return ticker;
  }

  @Test
  void find_sameKeyByThousand_loadsOnce() throws Exception {
    List<Future<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1)))));
    }
    Await.until("all others join", () -> joined() == 999);
    store.open();
    for (Future<Outcome> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Found.class);
    }
    assertThat(store.loads()).hasSize(1);
    assertThat(joined()).isEqualTo(999);
  }

  @Test
  void find_thousandKeysWhileLanesAreBusy_gatherIntoFewBatches() throws Exception {
    List<Future<Outcome>> answers = new ArrayList<>();
    for (Key key : keys(1, 300)) {
      answers.add(callers.submit(() -> coalesced.find(key, need(Duration.ZERO))));
    }
    store.awaitLoad();
    store.open();
    for (Future<Outcome> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Found.class);
    }
    assertThat(store.loads().stream().mapToInt(Set::size).sum()).isEqualTo(300);
    assertThat(store.loads()).allMatch(load -> load.size() <= 128);
    assertThat(store.loads().size()).isLessThan(60);
  }

  @Test
  void find_severalKeysAtOnce_areOneLoad() {
    store.open();
    coalesced.find(keys(1, 100), need(Duration.ZERO));
    assertThat(store.loads()).hasSize(1);
  }

  @Test
  void find_deadlinePasses_endsTheWaitButNotTheLoad() throws Exception {
    long began = System.nanoTime();
    Outcome outcome = coalesced.find(new Key("7"), deadline(Duration.ofMillis(20)));
    assertThat(outcome).isEqualTo(new Unavailable(Reason.DEADLINE));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    store.open();
    assertThat(shelf.awaitKept(new Key("7"))).isInstanceOf(Found.class);
  }

  @Test
  void find_storeThrows_failsEveryWaiter() throws Exception {
    store.failWith(new IllegalStateException("broken on purpose"));
    Future<Outcome> first = callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ZERO)));
    store.awaitLoad();
    Future<Outcome> second =
        callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ZERO)));
    store.open();
    assertThat(first.get()).isEqualTo(new Unavailable(Reason.STORE_FAILED));
    assertThat(second.get()).isEqualTo(new Unavailable(Reason.STORE_FAILED));
  }

  @Test
  void find_storeAnswersPartly_failsTheOthers() {
    store.open();
    store.forget(new Key("8"));
    Map<Key, Outcome> outcomes =
        coalesced.find(Set.of(new Key("7"), new Key("8")), need(Duration.ZERO));
    assertThat(outcomes.get(new Key("7"))).isInstanceOf(Found.class);
    assertThat(outcomes.get(new Key("8"))).isEqualTo(new Unavailable(Reason.STORE_FAILED));
  }

  @Test
  void find_interrupted_leavesWithTheFlagSet() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    List<Object> seen = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  seen.add(coalesced.find(new Key("7"), need(Duration.ZERO)));
                  seen.add(Thread.currentThread().isInterrupted());
                  left.countDown();
                });
    store.awaitLoad();
    caller.interrupt();
    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly(new Unavailable(Reason.CLOSED), true);
  }

  @Test
  void find_landedBetweenCacheAndHere_isTakenFromTheShelf() {
    shelf.put(new Key("7"), Outcomes.found(new Key("7"), 1, ticker.nanos()));
    Outcome outcome = coalesced.find(new Key("7"), need(Duration.ofMinutes(1)));
    assertThat(outcome).isInstanceOf(Found.class);
    assertThat(store.loads()).isEmpty();
  }

  @Test
  void find_youngerThanTheLoadUnderWay_doesNotJoinIt() throws Exception {
    begin(() -> coalesced.find(new Key("7"), need(Duration.ZERO)));
    store.awaitLoad();
    begin(() -> coalesced.find(new Key("7"), need(Duration.ZERO)));
    store.awaitLoad();
    assertThat(store.loads()).hasSize(2);
  }

  @Test
  void find_loadUnderWayTooOld_doesNotJoinIt() throws Exception {
    long sentBy = System.nanoTime();
    begin(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    store.awaitLoad();
    Await.until("it is old", () -> System.nanoTime() - sentBy > 2 * JOIN_FOR.toNanos());
    begin(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    store.awaitLoad();
    assertThat(store.loads()).hasSize(2);
    assertThat(joined()).isZero();
  }

  @Test
  void find_moreThanMayWait_isRejectedAsAWhole() throws Exception {
    coalesced = coalesced(1, 4);
    begin(() -> coalesced.find(new Key("1"), need(Duration.ZERO)));
    store.awaitLoad();
    Map<Key, Outcome> outcomes = coalesced.find(keys(2, 6), deadline(Duration.ofMillis(10)));
    assertThat(outcomes).hasSize(5).containsValue(new Unavailable(Reason.OVERLOADED));
    assertThat(outcomes.values()).containsOnly(new Unavailable(Reason.OVERLOADED));
    assertThat(rejected("pending")).isEqualTo(5);
    outcomes = coalesced.find(keys(2, 5), deadline(Duration.ofMillis(10)));
    assertThat(outcomes.values()).containsOnly(new Unavailable(Reason.DEADLINE));
    assertThat(rejected("pending")).isEqualTo(5);
  }

  @Test
  void find_oneIdBehindManyOfAnother_isInTheNextLoad() throws Exception {
    coalesced = coalesced(1, 4, 1_000);
    Future<Map<Key, Outcome>> many = occupyLaneAndAsk(keys(1, 100));
    Future<Outcome> one = callers.submit(() -> coalesced.find(new Key("200"), from(ANOTHER)));
    awaitLooks(102);
    store.open();
    assertThat(one.get()).isInstanceOf(Found.class);
    assertThat(many.get().values()).allMatch(Found.class::isInstance);
    assertThat(store.loads().get(1)).contains(new Key("200"));
  }

  @Test
  void find_joinedByOneWhoStandsFurtherAhead_movesUp() throws Exception {
    coalesced = coalesced(1, 4, 1_000);
    Set<Key> keys = new LinkedHashSet<>(keys(1, 99));
    keys.add(new Key("200"));
    Future<Map<Key, Outcome>> many = occupyLaneAndAsk(keys);
    Future<Outcome> one = callers.submit(() -> coalesced.find(new Key("200"), from(ANOTHER)));
    Await.until("it joins", () -> joined() == 1);
    store.open();
    assertThat(one.get()).isInstanceOf(Found.class);
    assertThat(many.get().values()).allMatch(Found.class::isInstance);
    assertThat(store.loads().get(1)).contains(new Key("200"));
  }

  @Test
  void find_lineIsFullOfAnothersIds_evictsThem() throws Exception {
    coalesced = coalesced(1, 4, 100);
    Future<Map<Key, Outcome>> many = occupyLaneAndAsk(keys(1, 100));
    Future<Outcome> one = callers.submit(() -> coalesced.find(new Key("200"), from(ANOTHER)));
    assertThat(many.get().values()).containsOnly(new Unavailable(Reason.OVERLOADED));
    store.open();
    assertThat(one.get()).isInstanceOf(Found.class);
    assertThat(rejected("evicted")).isEqualTo(100);
    assertThat(rejected("pending")).isZero();
    assertThat(store.loads()).hasSize(2);
  }

  @Test
  void find_lineIsFullOfOthersWithAsMany_isRejected() throws Exception {
    coalesced = coalesced(1, 4, 100);
    Future<Map<Key, Outcome>> many = occupyLaneAndAsk(keys(1, 100));
    assertThat(coalesced.find(keys(101, 200), from(ANOTHER)).values())
        .containsOnly(new Unavailable(Reason.OVERLOADED));
    store.open();
    assertThat(many.get().values()).allMatch(Found.class::isInstance);
    assertThat(rejected("evicted")).isZero();
  }

  @Test
  void find_deadlinePasses_leavesThePlacesToOthers() throws Exception {
    coalesced = coalesced(1, 4, 100);
    begin(() -> coalesced.find(new Key("0"), need(Duration.ZERO)));
    store.awaitLoad();
    coalesced.find(keys(1, 100), deadline(Duration.ofMillis(5)));
    Future<Map<Key, Outcome>> next =
        callers.submit(() -> coalesced.find(keys(101, 200), from(ANOTHER)));
    awaitLooks(201);
    store.open();
    assertThat(next.get().values()).allMatch(Found.class::isInstance);
  }

  /** Has one caller take the only lane, and another wait for {@code keys}. */
  private Future<Map<Key, Outcome>> occupyLaneAndAsk(Set<Key> keys) throws InterruptedException {
    begin(() -> coalesced.find(new Key("0"), need(Duration.ZERO)));
    store.awaitLoad();
    Future<Map<Key, Outcome>> waiting = callers.submit(() -> coalesced.find(keys, from(ONE)));
    awaitLooks(1 + keys.size());
    return waiting;
  }

  /** So many keys have been looked for on the shelf, and have got their places. */
  private void awaitLooks(int looks) {
    Await.until("they wait", () -> shelf.looks() == looks);
    // whoever gets the lock next finds them in their places
    coalesced.invalidate(Set.of(), soon());
  }

  @Test
  void find_refreshWhileAllLanesAreBusy_isDropped() throws Exception {
    coalesced = coalesced(1, 100);
    begin(() -> coalesced.find(new Key("1"), need(Duration.ZERO)));
    store.awaitLoad();
    Need refresh =
        new Need(ticker.nanos(), ticker.nanos(), need(Duration.ZERO).deadline(), Priority.REFRESH);
    assertThat(coalesced.find(new Key("2"), refresh)).isEqualTo(new Unavailable(Reason.OVERLOADED));
  }

  @Test
  void find_everybodyGoneBeforeItWasSent_isNeverSent() throws Exception {
    coalesced = coalesced(1, 100);
    begin(() -> coalesced.find(new Key("1"), need(Duration.ZERO)));
    store.awaitLoad();
    coalesced.find(new Key("2"), deadline(Duration.ofMillis(5)));
    store.open();
    coalesced.find(new Key("3"), need(Duration.ZERO));
    assertThat(store.loads()).noneMatch(load -> load.contains(new Key("2")));
  }

  @Test
  void invalidate_loadUnderWay_isNotJoinedAnyMore() throws Exception {
    Future<Outcome> before =
        callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    store.awaitLoad();
    shelf.put(new Key("7"), Outcomes.found(new Key("7"), 0, ticker.nanos()));
    assertThat(coalesced.invalidate(Set.of(new Key("7")), soon())).isTrue();
    Future<Outcome> after =
        callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    store.awaitLoad();
    assertThat(store.loads()).hasSize(2);
    store.open();
    assertThat(before.get()).isInstanceOf(Found.class);
    assertThat(after.get()).isInstanceOf(Found.class);
  }

  @Test
  void invalidate_loadNotSentYet_isJoined() throws Exception {
    coalesced = coalesced(1, 100);
    begin(() -> coalesced.find(new Key("1"), need(Duration.ZERO)));
    store.awaitLoad();
    Future<Outcome> before =
        callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    Await.until("it waits for the lane", () -> shelf.looks() == 2);
    coalesced.invalidate(Set.of(new Key("7"), new Key("8")), soon());
    Future<Outcome> after =
        callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ofMinutes(1))));
    Await.until("it joins", () -> joined() == 1);
    store.open();
    assertThat(before.get()).isInstanceOf(Found.class);
    assertThat(after.get()).isInstanceOf(Found.class);
    assertThat(store.loads()).hasSize(2);
  }

  @Test
  void invalidate_shelfHasNotConfirmed_saysSo() {
    shelf.slow = true;
    assertThat(coalesced.invalidate(Set.of(new Key("7")), soon())).isFalse();
  }

  @Test
  void close_releasesThoseWhoWaitForALane() throws Exception {
    coalesced = coalesced(1, 100);
    Future<Outcome> flying =
        callers.submit(() -> coalesced.find(new Key("1"), need(Duration.ZERO)));
    store.awaitLoad();
    CountDownLatch asking = new CountDownLatch(1);
    Future<Outcome> waiting =
        callers.submit(
            () -> {
              asking.countDown();
              return coalesced.find(new Key("2"), need(Duration.ZERO));
            });
    asking.await();
    coalesced.close();
    assertThat(waiting.get()).isEqualTo(new Unavailable(Reason.CLOSED));
    store.open();
    assertThat(flying.get()).isInstanceOf(Found.class);
    assertThat(coalesced.find(new Key("3"), need(Duration.ZERO)))
        .isEqualTo(new Unavailable(Reason.CLOSED));
  }

  @Test
  void metrics_sayHowManyLoadsMayRunAtOnce() {
    assertThat(meters.get("papi.store.connections.max").tag("dataset", "test").gauge().value())
        .isEqualTo(2);
  }

  @Test
  void toString_showsTheChain() {
    assertThat(coalesced).hasToString("coalesced(gate)");
  }

  private double rejected(String reason) {
    return meters.counter("papi.rejected", "reason", reason).count();
  }

  private double joined() {
    return meters.counter("papi.lookup.joined", "dataset", "test").count();
  }

  private void begin(Runnable caller) {
    callers.execute(caller);
  }

  private Deadline soon() {
    return Deadline.after(Duration.ofSeconds(5), ticker.nanos());
  }

  @Test
  void find_budgetHasTooFew_startsNoLoadForAnyOfThem() {
    store.open();
    FakeBudget budget = new FakeBudget(2);
    Map<Key, Outcome> outcomes = coalesced.find(keys(1, 3), from(budget));
    assertThat(outcomes.values()).containsOnly(new Unavailable(Reason.OVER_BUDGET));
    assertThat(store.loads()).isEmpty();
    assertThat(budget.left).isEqualTo(2);
    assertThat(coalesced.find(keys(1, 2), from(budget)).values())
        .allMatch(outcome -> outcome instanceof Found);
    assertThat(budget.left).isZero();
  }

  @Test
  void find_joinsAnothersLoad_paysNothing() throws Exception {
    FakeBudget none = new FakeBudget(0);
    Future<Outcome> first = callers.submit(() -> coalesced.find(new Key("7"), need(Duration.ZERO)));
    store.awaitLoad();
    Future<Outcome> second = callers.submit(() -> coalesced.find(new Key("7"), from(none)));
    Await.until("it has joined", () -> joined() == 1);
    assertThat(coalesced.find(new Key("8"), from(none)))
        .isEqualTo(new Unavailable(Reason.OVER_BUDGET));
    store.open();
    assertThat(first.get()).isInstanceOf(Found.class);
    assertThat(second.get()).isInstanceOf(Found.class);
  }

  /** A budget of so many ids, which does not fill. */
  private static final class FakeBudget implements Budget {
    private int left;

    FakeBudget(int left) {
      this.left = left;
    }

    @Override
    public synchronized boolean take(int ids) {
      if (ids > left) {
        return false;
      }
      left -= ids;
      return true;
    }

    @Override
    public Duration until(int ids) {
      return Duration.ZERO;
    }

    @Override
    public String limit() {
      return left + " ids";
    }
  }

  private Need from(Budget budget) {
    long now = ticker.nanos();
    return new Need(
        now,
        now - Duration.ofMinutes(1).toNanos(),
        Deadline.after(Duration.ofSeconds(30), now),
        new Requester(),
        budget);
  }

  /** A need of {@code requester}, who has time. */
  private Need from(Requester requester) {
    long now = ticker.nanos();
    return new Need(
        now,
        now - Duration.ofMinutes(1).toNanos(),
        Deadline.after(Duration.ofSeconds(30), now),
        requester,
        Budget.UNLIMITED);
  }

  /** A need for what is at most {@code age} old. */
  private Need need(Duration age) {
    long now = ticker.nanos();
    return new Need(now, now - age.toNanos(), Deadline.after(Duration.ofSeconds(30), now));
  }

  private Need deadline(Duration wait) {
    long now = ticker.nanos();
    return new Need(now, now - Duration.ofMinutes(1).toNanos(), Deadline.after(wait, now));
  }

  /** A store with the rows 1 to 300, whose answers wait until it is opened. */
  private static final class Gate implements Loader {
    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore arrived = new Semaphore(0);
    private final Set<Key> forgotten = ConcurrentHashMap.newKeySet();
    private final FakeLoader rows;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Gate(Ticker ticker) {
      this.rows = new FakeLoader(key -> stored(key, ticker));
    }

    List<Set<Key>> loads() {
      return rows.loads();
    }

    void open() {
      open.countDown();
    }

    void awaitLoad() throws InterruptedException {
      assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    void failWith(RuntimeException e) {
      failure = Optional.of(e);
    }

    void forget(Key key) {
      forgotten.add(key);
    }

    @Override
    public Map<Key, Outcome> load(Set<Key> keys) {
      Map<Key, Outcome> outcomes = rows.load(keys);
      arrived.release();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      outcomes.keySet().removeAll(forgotten);
      return outcomes;
    }

    @Override
    public String toString() {
      return "gate";
    }
  }

  /** A shelf that remembers what it was given, and gives only what a test puts there. */
  private static final class RecordingShelf implements Shelf {
    private final Map<Key, Known> stocked = new ConcurrentHashMap<>();
    private final Map<Key, Known> kept = new ConcurrentHashMap<>();
    private final Semaphore keeping = new Semaphore(0);
    private final AtomicInteger looks = new AtomicInteger();
    volatile boolean slow;

    int looks() {
      return looks.get();
    }

    void put(Key key, Known known) {
      stocked.put(key, known);
    }

    Known awaitKept(Key key) throws InterruptedException {
      assertThat(keeping.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      return requireNonNull(kept.get(key));
    }

    @Override
    public Optional<Known> peek(Key key, Need need) {
      looks.incrementAndGet();
      return Optional.ofNullable(stocked.get(key));
    }

    @Override
    public void keep(Map<Key, Known> outcomes) {
      kept.putAll(outcomes);
      keeping.release();
    }

    @Override
    public boolean invalidate(Set<Key> keys, Deadline deadline) {
      keys.forEach(stocked::remove);
      return !slow;
    }
  }
}
