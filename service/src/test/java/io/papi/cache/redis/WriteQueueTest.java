package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.WriteQueue.Change;
import io.papi.cache.redis.WriteQueue.Discard;
import io.papi.cache.redis.WriteQueue.Invalidate;
import io.papi.cache.redis.WriteQueue.Write;
import io.papi.dataset.Freshness;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which change of a name stays, in each order in which two may come. */
final class WriteQueueTest {
  private static final int BOUND = 3;
  private static final int MAX_BYTES = 1_000;

  /** By their read times. */
  private static final Found[] ROWS = {
    found("row", 0), found("row", 1), found("row", 2), found("row", 3), found("row", 4)
  };

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WriteQueue queue = new WriteQueue(BOUND, registry);
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);

  @Test
  void add_twoValues_theYoungerStays() {
    add("a", value(2));
    add("a", value(1));
    assertThat(take()).containsExactly(Map.entry(name("a"), value(2)));

    add("a", value(1));
    add("a", value(2));
    assertThat(take()).containsExactly(Map.entry(name("a"), value(2)));
  }

  @Test
  void add_valueAndDiscard_theValueStays() {
    add("a", value(1));
    add("a", new Discard());
    assertThat(take()).containsExactly(Map.entry(name("a"), value(1)));

    add("a", new Discard());
    add("a", value(1));
    assertThat(take()).containsExactly(Map.entry(name("a"), value(1)));
  }

  @Test
  void add_valueAndInvalidation_theInvalidationStays() {
    Invalidate invalidate = invalidate();
    add("a", value(1));
    add("a", invalidate);
    add("a", value(2));
    add("a", new Discard());

    assertThat(take()).containsExactly(Map.entry(name("a"), invalidate));
  }

  @Test
  void add_twoInvalidations_oneDeletionEndsBoth() {
    Invalidate first = invalidate();
    Invalidate second = invalidate();
    add("a", first);
    add("a", second);
    assertThat(take()).containsExactly(Map.entry(name("a"), second));

    second.done().complete(true);
    assertThat(first.done()).isCompletedWithValue(true);
  }

  @Test
  void add_beyondTheBound_theOneThatHasWaitedLongestIsGivenUpAndCounted() {
    add("a", value(1));
    add("b", value(1));
    add("c", value(1));
    add("b", value(2));
    assertThat(dropped()).isZero();

    add("d", value(1));

    assertThat(dropped()).isOne();
    assertThat(take().keySet()).containsExactly(name("b"), name("c"), name("d"));
  }

  @Test
  void add_beyondTheBound_anInvalidationGoesLast() {
    Invalidate oldest = invalidate();
    add("a", oldest);
    add("b", value(1));
    add("c", invalidate());
    add("d", value(1));
    assertThat(take().keySet()).containsExactly(name("a"), name("c"), name("d"));

    add("a", oldest);
    add("b", invalidate());
    add("c", invalidate());
    assertThat(oldest.done()).isNotDone();
    add("d", invalidate());
    assertThat(oldest.done()).isCompletedWithValue(false);
    assertThat(take().keySet()).containsExactly(name("b"), name("c"), name("d"));
    assertThat(dropped()).isEqualTo(2);
  }

  /** Three KiB may wait. */
  @Test
  void add_beyondTheWeight_theOnesThatHaveWaitedLongestAreGivenUpAndCounted() {
    add("a", large(1, 1));
    add("b", large(2, 1));
    assertThat(dropped()).isZero();

    add("c", large(2, 1));

    assertThat(dropped()).isEqualTo(2);
    assertThat(take().keySet()).containsExactly(name("c"));
  }

  @Test
  void add_beyondTheWeight_invalidationsStay() {
    Invalidate oldest = invalidate();
    add("a", oldest);
    add("b", large(2, 1));
    add("c", large(2, 1));

    assertThat(oldest.done()).isNotDone();
    assertThat(take().keySet()).containsExactly(name("a"), name("c"));
    assertThat(dropped()).isOne();
  }

  @Test
  void add_largerThanAllMayBe_isGivenUpAtOnceAndTheOthersStay() {
    add("a", value(1));
    add("b", large(4, 1));
    add("a", large(4, 2));

    assertThat(dropped()).isEqualTo(2);
    assertThat(take()).containsExactly(Map.entry(name("a"), value(1)));
  }

  @Test
  void add_longNames_weighToo() {
    String long1 = "1".repeat(2 << 10);
    String long2 = "2".repeat(2 << 10);
    add(long1, value(1));
    add(long2, value(1));
    assertThat(take().keySet()).containsExactly(name(long2));

    Invalidate invalidate = invalidate();
    add("x".repeat(8 << 10), invalidate);
    assertThat(invalidate.done()).isNotDone();
    assertThat(queue.isEmpty()).isFalse();
  }

  /** What is taken, replaced, given up or put back is weighed no longer, or again. */
  @Test
  void add_longAfter_theWeightIsThatOfWhatWaits() {
    for (int round = 0; round < 10; round++) {
      add("a", large(2, 1));
      add("a", large(1, 2));
      add("b", large(1, 1));
      add("b", invalidate());
      Map<RedisName, Change> taken = take();
      queue.putBack(taken);
      take();
      add("c", large(2, 1));
      add("c", new Discard());
      add("d", large(2, 1));
      assertThat(take().keySet()).containsExactly(name("d"));
    }
    assertThat(dropped()).isEqualTo(10);

    add("a", large(1, 1));
    add("b", large(1, 1));
    assertThat(take()).hasSize(2);
    assertThat(dropped()).isEqualTo(10);
  }

  @Test
  void putBack_noRoomForItsWeight_isGivenUpAndCounted() {
    add("a", large(2, 1));
    Map<RedisName, Change> taken = take();
    add("b", large(2, 1));
    queue.putBack(taken);

    assertThat(dropped()).isOne();
    assertThat(take().keySet()).containsExactly(name("b"));
  }

  @Test
  void take_manyKeysOrBytes_leavesTheRest() {
    add("a", value(1));
    add("b", value(1));
    assertThat(queue.take(1, MAX_BYTES).keySet()).containsExactly(name("a"));
    assertThat(queue.take(2, MAX_BYTES).keySet()).containsExactly(name("b"));
    assertThat(queue.isEmpty()).isTrue();

    add("a", new Write(found("x".repeat(MAX_BYTES), 1), lifetime, false));
    add("b", value(1));
    assertThat(queue.take(2, MAX_BYTES).keySet()).containsExactly(name("a"));
  }

  @Test
  void putBack_value_waitsOnceMoreThenIsGivenUpAndCounted() {
    add("a", value(1));
    queue.putBack(take());
    assertThat(dropped()).isZero();

    queue.putBack(take());
    assertThat(dropped()).isOne();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void putBack_somethingNewerWaits_thatStays() {
    add("a", value(1));
    Map<RedisName, Change> taken = take();
    add("a", value(2));
    queue.putBack(taken);

    assertThat(take()).containsExactly(Map.entry(name("a"), value(2)));
    assertThat(dropped()).isZero();
  }

  @Test
  void putBack_invalidation_waitsUntilItIsDoneAndReplacesWhatCameMeanwhile() {
    Invalidate invalidate = invalidate();
    add("a", invalidate);
    for (int i = 0; i < 5; i++) {
      Map<RedisName, Change> taken = take();
      add("a", value(i));
      queue.putBack(taken);
    }

    assertThat(take()).containsExactly(Map.entry(name("a"), invalidate));
    assertThat(invalidate.done()).isNotDone();
  }

  @Test
  void putBack_invalidationWhileAnotherWaits_endsWithIt() {
    Invalidate before = invalidate();
    Invalidate later = invalidate();
    add("a", before);
    Map<RedisName, Change> taken = take();
    add("a", later);
    queue.putBack(taken);
    assertThat(take()).containsExactly(Map.entry(name("a"), later));

    later.done().complete(true);
    assertThat(before.done()).isCompletedWithValue(true);
  }

  @Test
  void putBack_discard_isDropped() {
    add("a", new Discard());
    queue.putBack(take());

    assertThat(queue.isEmpty()).isTrue();
    assertThat(dropped()).isZero();
  }

  @Test
  void close_waitingAddedOrPutBack_isGivenUp() {
    Invalidate taken = invalidate();
    Invalidate waiting = invalidate();
    Invalidate late = invalidate();
    add("a", taken);
    Map<RedisName, Change> underWay = take();
    add("b", waiting);
    queue.close();
    add("c", late);
    queue.putBack(underWay);

    for (Invalidate invalidate : new Invalidate[] {taken, waiting, late}) {
      assertThat(invalidate.done()).isCompletedWithValue(false);
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  private void add(String name, Change change) {
    queue.add(name.getBytes(UTF_8), change);
  }

  private Map<RedisName, Change> take() {
    return queue.take(100, 1 << 20);
  }

  private static RedisName name(String name) {
    return new RedisName(name.getBytes(UTF_8));
  }

  private Write value(long readAt) {
    return new Write(ROWS[(int) readAt], lifetime, false);
  }

  /** A row of so many KiB, less what its name takes. */
  private Write large(int kibibytes, long readAt) {
    return new Write(found("x".repeat((kibibytes << 10) - 1), readAt), lifetime, false);
  }

  private static Found found(String text, long readAt) {
    return new Found(row(text), readAt, Origin.of(Layer.STORE, 1));
  }

  private static Invalidate invalidate() {
    return new Invalidate(new CompletableFuture<>());
  }

  private double dropped() {
    return registry.get("papi.writeback.dropped").counter().count();
  }
}
