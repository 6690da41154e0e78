package io.papi.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Faults one after the other, with pauses to recover in: all of them in an order that the seed
 * decides, then all again in another. Of one thread, but for {@link #end}.
 */
final class Schedule {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(3);
  private static final Duration MORE_PAUSE = Duration.ofSeconds(3);
  private static final Duration MIN_FAULT = Duration.ofMillis(1_500);

  private final List<Fault> faults;
  private final Journal journal;
  private final Random random;
  private final CountDownLatch ending = new CountDownLatch(1);

  Schedule(List<Fault> faults, Journal journal, long seed) {
    this.faults = List.copyOf(faults);
    this.journal = journal;
    this.random = new Random(seed);
  }

  /** Runs until {@link #end}; a fault that is there then is ended. */
  void run() throws Exception {
    List<Fault> round = new ArrayList<>();
    while (!pause(MIN_PAUSE.plus(part(MORE_PAUSE, random.nextDouble())))) {
      if (round.isEmpty()) {
        round.addAll(faults);
        Collections.shuffle(round, random);
      }
      // most are short
      double u = random.nextDouble();
      Fault fault = round.removeLast();
      Duration time = MIN_FAULT.plus(part(fault.longest().minus(MIN_FAULT), u * u * u));
      journal.during(fault, () -> pause(time));
    }
  }

  void end() {
    ending.countDown();
  }

  /** Whether the end has come. */
  private boolean pause(Duration time) throws InterruptedException {
    return ending.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Duration part(Duration of, double fraction) {
    return Duration.ofNanos((long) (of.toNanos() * fraction));
  }
}
