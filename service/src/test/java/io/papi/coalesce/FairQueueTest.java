package io.papi.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Requester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final int RUNS = 300;
  private static final int STEPS = 300;
  private static final int MANY = 8;

  private final Requester one = new Requester();
  private final Requester another = new Requester();
  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void poll_oneRequester_isInOrder() {
    add(one, "a", "b", "c");
    assertThat(rest()).containsExactly("a", "b", "c");
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void poll_manyAndOne_takesTurns() {
    add(one, "a1", "a2", "a3");
    add(another, "b1");
    assertThat(rest()).containsExactly("a1", "b1", "a2", "a3");
  }

  @Test
  void add_whileItsRoundIsServed_waitsForTheNext() {
    add(one, "a1", "a2");
    add(another, "b1", "b2");
    assertThat(queue.poll()).hasValue("a1");
    queue.add(new Requester(), "c1");
    assertThat(rest()).containsExactly("b1", "a2", "b2", "c1");
  }

  @Test
  void add_askerOfOneAtATime_doesNotGoBeforeOneOfMany() {
    add(one, "a1", "a2", "a3");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      queue.add(new Requester(), "b" + i);
      order.add(queue.poll().orElseThrow());
    }
    assertThat(order).containsSubsequence("a1", "a2", "a3");
  }

  @Test
  void ahead_countsRoundsUpToItsOwn() {
    add(one, "a1", "a2", "a3");
    assertThat(queue.ahead(another, 1)).isEqualTo(1);
    assertThat(queue.ahead(another, 2)).isEqualTo(3);
    assertThat(queue.ahead(another, 10)).isEqualTo(12);
    assertThat(queue.ahead(one, 1)).isEqualTo(3);
  }

  @Test
  void share_byOneWhoStandsFurtherAhead_movesUp() {
    add(one, "a1", "a2", "a3");
    queue.share(another, "a3");
    assertThat(rest()).containsExactly("a1", "a3", "a2");
  }

  @Test
  void share_byOneWhoStandsFurtherBack_staysWhereItIs() {
    add(one, "a1", "a2");
    add(another, "b1", "b2", "b3");
    queue.share(another, "a2");
    queue.share(one, "a2");
    queue.share(one, "gone");
    assertThat(rest()).containsExactly("a1", "b1", "a2", "b2", "b3");
  }

  @Test
  void evict_takesAllThatTheLastOneAloneWaitsFor() {
    add(one, "a1", "a2", "a3");
    add(another, "b1", "b2");
    queue.share(another, "a2");
    assertThat(queue.evict()).containsExactly("a3", "a1");
    assertThat(rest()).containsExactly("b1", "a2", "b2");
  }

  @Test
  void evict_lastOneIsShared_takesItAllTheSame() {
    add(one, "a1", "a2");
    add(another, "b1", "b2");
    queue.share(one, "b2");
    assertThat(queue.evict()).containsExactly("b2", "b1");
    assertThat(rest()).containsExactly("a1", "a2");
  }

  @Test
  void evict_nothingWaits_isEmpty() {
    assertThat(queue.evict()).isEmpty();
  }

  @Test
  void clear_takesAll() {
    add(one, "a1", "a2");
    add(another, "b1");
    assertThat(queue.clear()).containsExactlyInAnyOrder("a1", "a2", "b1");
    assertEmpty(queue);
  }

  @Test
  void requesters_whoseElementsAreGone_areForgotten() {
    for (int i = 0; i < 1_000; i++) {
      queue.add(new Requester(), "a" + i);
      if (i % 2 == 0) {
        queue.remove("a" + i);
      } else {
        queue.poll();
      }
    }
    assertEmpty(queue);
  }

  /** Whoever has one element sees nobody else served more than twice before it. */
  @Test
  void poll_anyHistory_whoHasOneWaitsForTwoRoundsAtMost() {
    for (Random random : runs()) {
      Run run = new Run();
      Map<Integer, Map<Requester, Integer>> servedBefore = new HashMap<>();
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) > 0) {
          Requester requester = run.requesters.get(random.nextInt(MANY));
          boolean hasNone = !run.holders.containsValue(requester);
          int first = run.next;
          int count = 1 + (random.nextBoolean() ? 0 : random.nextInt(20));
          run.add(requester, count);
          if (hasNone && count == 1) {
            servedBefore.put(first, new HashMap<>());
          }
        } else {
          queueServes(run, servedBefore);
        }
      }
      while (!run.queue.isEmpty()) {
        queueServes(run, servedBefore);
      }
      assertEmpty(run.queue);
    }
  }

  private static void queueServes(Run run, Map<Integer, Map<Requester, Integer>> servedBefore) {
    run.queue
        .poll()
        .ifPresent(
            element -> {
              Requester holder = run.holders.remove(element);
              servedBefore.remove(element);
              servedBefore
                  .values()
                  .forEach(
                      served ->
                          assertThat(served.merge(holder, 1, Integer::sum)).isLessThanOrEqualTo(2));
            });
  }

  /** Whatever happened before, {@code ahead} is exact, and what is evicted would be served last. */
  @Test
  void aheadAndEvict_anyHistory_areWhatPollShows() {
    for (Random random : runs()) {
      Run run = new Run();
      Run twin = new Run(run);
      for (int step = 0; step < STEPS; step++) {
        int choice = random.nextInt(10);
        Requester requester = run.requesters.get(random.nextInt(MANY));
        int count = 1 + random.nextInt(10);
        int element = random.nextInt(run.next + 1);
        for (Run each : List.of(run, twin)) {
          switch (choice) {
            case 0, 1, 2 -> each.add(requester, count);
            case 3, 4 -> each.queue.share(requester, element);
            case 5 -> each.queue.remove(element);
            case 6 -> each.queue.evict();
            default -> each.queue.poll();
          }
        }
      }
      List<Integer> evicted = run.queue.evict();
      Requester newcomer = run.requesters.get(random.nextInt(MANY));
      int ahead = run.queue.ahead(newcomer, 3);
      run.add(newcomer, 3);
      List<Integer> left = drain(run.queue);
      if (left.size() > ahead + 1) {
        assertThat(left.get(ahead)).isEqualTo(run.next - 1);
      }
      assertThat(left.subList(0, ahead + 1)).contains(run.next - 3, run.next - 2, run.next - 1);
      List<Integer> all = drain(twin.queue);
      if (!all.isEmpty()) {
        assertThat(evicted.getFirst()).isEqualTo(all.getLast());
      }
      assertEmpty(run.queue);
    }
  }

  /** A queue of numbers, and who added which. */
  private static final class Run {
    private final FairQueue<Integer> queue = new FairQueue<>();
    private final Map<Integer, Requester> holders = new HashMap<>();
    private final List<Requester> requesters = new ArrayList<>();
    private int next;

    Run() {
      for (int i = 0; i < MANY; i++) {
        requesters.add(new Requester());
      }
    }

    /** One with the same requesters. */
    Run(Run other) {
      requesters.addAll(other.requesters);
    }

    void add(Requester requester, int count) {
      for (int i = 0; i < count; i++) {
        queue.add(requester, next);
        holders.put(next, requester);
        next++;
      }
    }
  }

  private static List<Random> runs() {
    long seed = System.nanoTime();
    System.out.println("FairQueueTest: seed " + seed);
    Random seeds = new Random(seed);
    List<Random> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(new Random(seeds.nextLong()));
    }
    return runs;
  }

  private void add(Requester requester, String... elements) {
    for (String element : elements) {
      queue.add(requester, element);
    }
  }

  private List<String> rest() {
    return drain(queue);
  }

  private static <E> List<E> drain(FairQueue<E> queue) {
    List<E> all = new ArrayList<>();
    while (!queue.isEmpty()) {
      all.add(queue.poll().orElseThrow());
    }
    return all;
  }

  private static void assertEmpty(FairQueue<?> queue) {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
    assertThat(queue.requesters()).isZero();
    assertThat(queue.poll()).isEmpty();
  }
}
