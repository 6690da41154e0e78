package io.papi.chaos;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows that cannot be shown while the fault is there, and when it was. Thread-safe. */
final class Spoilt {
  /** One in so many ids: the one that is asked for most, and others. */
  private static final int STEP = 97;

  private final Set<Integer> ids;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /** A time in which the rows were spoilt; it may have been a little shorter. */
  private static final class Span {
    private final long begunAt = System.nanoTime();
    private volatile boolean over;
    private volatile long overAt;

    void end() {
      overAt = System.nanoTime();
      over = true;
    }

    boolean touches(long earliest, long latest) {
      return begunAt - latest <= 0 && (!over || overAt - earliest >= 0);
    }
  }

  /** Of a table whose ids are 1 to {@code rows}. */
  Spoilt(int rows) {
    this.ids =
        IntStream.iterate(1, id -> id <= rows, id -> id + STEP)
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The ids as the table has them. */
  Set<String> keys() {
    return ids.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  /** From now on they are spoilt, until that is closed. */
  AutoCloseable begin() {
    Span span = new Span();
    spans.add(span);
    return span::end;
  }

  /** Whether the store can have shown {@code id} as spoilt between two moments. */
  boolean was(int id, long earliest, long latest) {
    return ids.contains(id) && spans.stream().anyMatch(span -> span.touches(earliest, latest));
  }
}
