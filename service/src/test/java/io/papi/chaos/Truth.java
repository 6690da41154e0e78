package io.papi.chaos;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the rows have been and when, so that it can be said of an answer whether the store can have
 * shown it. Ids change in blocks: at a time all rows of a block are there or none is, and all have
 * the same version. Moments are those of {@link System#nanoTime}, which on one machine is the
 * service's clock too. Thread-safe; one thread changes.
 */
final class Truth {
  static final int BLOCK_IDS = 50;

  /** Before all that has been. */
  static final long EVER = Long.MIN_VALUE;

  private final int blocks;
  private final Map<Long, State> byVersion = new ConcurrentHashMap<>();
  private final List<Deque<State>> absences = new ArrayList<>();
  private final List<State> current = new ArrayList<>();

  /** How a block was for a time; it may have been so a little longer on either side. */
  private static final class State {
    final int block;
    final long begunAt;
    private volatile boolean over;
    private volatile long overAt;

    State(int block, long begunAt) {
      this.block = block;
      this.begunAt = begunAt;
    }

    void end(long at) {
      overAt = at;
      over = true;
    }

    boolean wasWithin(long earliest, long latest) {
      return begunAt <= latest && (!over || overAt >= earliest);
    }

    /** The part of a span in which it can have been so. */
    Stream<Span> within(Span span) {
      return wasWithin(span.from(), span.to())
          ? Stream.of(
              new Span(
                  Math.max(begunAt, span.from()), over ? Math.min(overAt, span.to()) : span.to()))
          : Stream.empty();
    }
  }

  /** A time from one moment to another. */
  private record Span(long from, long to) {}

  /** No rows yet. */
  Truth(int blocks) {
    this.blocks = blocks;
    for (int block = 0; block < blocks; block++) {
      Deque<State> absence = new ConcurrentLinkedDeque<>();
      State before = new State(block, System.nanoTime());
      absence.addFirst(before);
      absences.add(absence);
      current.add(before);
    }
  }

  int blocks() {
    return blocks;
  }

  static int firstId(int block) {
    return block * BLOCK_IDS + 1;
  }

  static int lastId(int block) {
    return (block + 1) * BLOCK_IDS;
  }

  /** A block becomes rows of a version that no block had before, by {@code update}. */
  void becomes(int block, long version, Runnable update) {
    State next = new State(block, System.nanoTime());
    byVersion.put(version, next);
    replace(block, next, update);
  }

  /** The rows of a block go, by {@code update}. */
  void goes(int block, Runnable update) {
    State next = new State(block, System.nanoTime());
    absences.get(block).addFirst(next);
    replace(block, next, update);
  }

  private void replace(int block, State next, Runnable update) {
    update.run();
    current.get(block).end(System.nanoTime());
    current.set(block, next);
  }

  /** Whether the store ever showed {@code id} in this version before {@code latest}. */
  boolean hadRow(int id, long version, long latest) {
    return hadRow(id, version, EVER, latest);
  }

  /** Whether the store can have shown {@code id} in this version between two moments. */
  boolean hadRow(int id, long version, long earliest, long latest) {
    State state = byVersion.get(version);
    return state != null && state.block == block(id) && state.wasWithin(earliest, latest);
  }

  /** The versions in which the store can have shown a block between two moments. */
  LongStream versions(int block, long earliest, long latest) {
    return byVersion.entrySet().stream()
        .filter(each -> each.getValue().block == block)
        .filter(each -> each.getValue().wasWithin(earliest, latest))
        .mapToLong(Map.Entry::getKey);
  }

  /** Whether the store can have shown no {@code id} between two moments. */
  boolean wasAbsent(int id, long earliest, long latest) {
    int block = block(id);
    return block < 0
        || block >= blocks
        || absences.get(block).stream().anyMatch(state -> state.wasWithin(earliest, latest));
  }

  /**
   * Whether the store can have shown all this at one moment between two: these blocks in these
   * versions, and no row of those that are absent.
   */
  boolean hadBlocks(Map<Integer, Long> versions, Set<Integer> absent, long earliest, long latest) {
    List<Span> moments = List.of(new Span(earliest, latest));
    for (Map.Entry<Integer, Long> block : versions.entrySet()) {
      State state = byVersion.get(block.getValue());
      if (state == null || state.block != block.getKey()) {
        return false;
      }
      moments = moments.stream().flatMap(state::within).toList();
    }
    for (int block : absent) {
      Deque<State> states = absences.get(block);
      moments =
          moments.stream()
              .flatMap(span -> states.stream().flatMap(state -> state.within(span)))
              .toList();
    }
    return !moments.isEmpty();
  }

  /** The block of an id. */
  static int block(int id) {
    return Math.floorDiv(id - 1, BLOCK_IDS);
  }
}
