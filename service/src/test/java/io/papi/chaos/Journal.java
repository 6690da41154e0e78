package io.papi.chaos;

import io.papi.chaos.Fault.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that has gone wrong so far. Thread-safe. */
final class Journal {
  /**
   * How long after the end of a fault requests may still fail: a sign-in is tried again within a
   * second, and the breaker may wait twice for up to two, if its first trial came before that.
   */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** Answers that are worse in so short a succession are worse for the same reason. */
  private static final Duration GAP = Duration.ofSeconds(1);

  private final List<Episode> episodes = new CopyOnWriteArrayList<>();

  /** Something to wait for. */
  interface Wait {
    void await() throws Exception;
  }

  /** Has a fault there during a wait. */
  void during(Fault fault, Wait wait) throws Exception {
    Episode episode = new Episode(fault);
    episodes.addFirst(episode);
    try (var _ = fault.beginning().begin()) {
      wait.await();
    } finally {
      episode.end();
    }
  }

  /** The latest fault for which a request between these moments may have failed. */
  Optional<Episode> excuse(long sentAt, long receivedAt) {
    return episodes.stream()
        .filter(episode -> episode.fault().mayFail())
        .filter(episode -> episode.touches(sentAt, receivedAt, GRACE.toNanos()))
        .findFirst();
  }

  /** An answer was worse for the state of a part. */
  void impaired(Part part, long at) {
    episodes.stream()
        .filter(episode -> episode.fault().part() == part)
        .findFirst()
        .ifPresent(episode -> episode.impaired(at, GAP.toNanos()));
  }

  /** The latest first. */
  List<Episode> episodes() {
    return List.copyOf(episodes);
  }
}
