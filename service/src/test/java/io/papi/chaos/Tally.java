package io.papi.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What is counted in a run. Thread-safe. */
final class Tally {
  private static final int EXAMPLES = 20;

  final LongAdder requests = new LongAdder();
  final LongAdder ids = new LongAdder();
  final LongAdder addresses = new LongAdder();
  final LongAdder answered = new LongAdder();
  final LongAdder reports = new LongAdder();
  final LongAdder notModified = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder staleWithoutFault = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> violations = new ConcurrentSkipListMap<>();
  private final List<String> examples = new CopyOnWriteArrayList<>();
  private final AtomicInteger exampleCount = new AtomicInteger();

  /** A failure that is allowed. */
  void failed(String kind) {
    failures.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  /** Something that must never be. */
  void violated(String kind, String example) {
    violations.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    if (exampleCount.incrementAndGet() <= EXAMPLES) {
      examples.add(kind + ": " + example);
    }
  }

  Map<String, LongAdder> failures() {
    return failures;
  }

  /** How often what must never be was, by kind. */
  Map<String, LongAdder> violations() {
    return violations;
  }

  /** The first of them in words. */
  List<String> examples() {
    return examples;
  }
}
