package io.papi.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The chaos run. It takes minutes and is no test that the build looks for: {@code loadtest/chaos}
 * runs it.
 */
class ChaosRun {
  private static final int REQUESTS_PER_SECOND = 150;
  private static final int CHANGES_PER_SECOND = 50;
  private static final int MOVES_PER_SECOND = 20;
  private static final Path OUT = Path.of("target", "chaos").toAbsolutePath();

  private final Duration time = Duration.ofSeconds(Long.getLong("papi.chaos.seconds", 60));
  private final long seed = Long.getLong("papi.chaos.seed", 1);
  private final Freshness freshness = Freshness.SHORT;
  private final Journal journal = new Journal();
  private final Tally tally = new Tally();

  @Test
  void everyAnswerIsTrue_whateverBreaks() throws Exception {
    Files.createDirectories(OUT);
    try (Surroundings all = new Surroundings(freshness, OUT, seed)) {
      Rows rows = new Rows(all.database());
      Truth truth = new Truth(rows.count() / Truth.BLOCK_IDS);
      Spoilt spoilt = new Spoilt(rows.count());
      Judge judge =
          new Judge(
              new AnswerCheck(rows, truth, freshness),
              new ReportCheck(truth, freshness),
              new AddressCheck(all.members(), freshness),
              spoilt,
              freshness,
              journal,
              tally);
      try (ChangingTable table = new ChangingTable(all.database(), truth, seed);
          Callers callers = new Callers(all.client(), new Questions(rows.count(), seed), judge)) {
        callers.warmUp();
        run(all, spoilt, table, callers);
      }
      assertThat(all.isServing()).isTrue();
    }
    Report report = new Report(seed, time, tally, journal.episodes());
    Files.writeString(OUT.resolve("report.md"), report.toString());
    assertThat(tally.violations()).as(report.toString()).isEmpty();
    assertThat(tally.ids.sum()).isPositive();
    assertThat(tally.reports.sum()).isPositive();
    assertThat(tally.addresses.sum()).isPositive();
  }

  private void run(Surroundings all, Spoilt spoilt, ChangingTable table, Callers callers)
      throws Exception {
    List<Schedule> schedules =
        List.of(
            new Schedule(RedisFaults.of(all, seed), journal, seed),
            new Schedule(StoreFaults.of(all, spoilt), journal, seed + 1));
    try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> rates = new ArrayList<>();
      List<Future<?>> faults = new ArrayList<>();
      rates.add(atRate(clock, CHANGES_PER_SECOND, table::changeOne));
      rates.add(atRate(clock, MOVES_PER_SECOND, all.members()::moveOne));
      rates.add(atRate(clock, REQUESTS_PER_SECOND, callers::askOne));
      rates.add(atRate(clock, 1, () -> checkReadiness(all)));
      rates.add(atRate(clock, 1, all::forgetStatements));
      for (Schedule schedule : schedules) {
        faults.add(
            threads.submit(
                () -> {
                  schedule.run();
                  return null;
                }));
      }
      var _ = at(clock, time.minus(Journal.GRACE), () -> schedules.forEach(Schedule::end));
      at(clock, time, () -> rates.forEach(rate -> rate.cancel(false))).get();
      for (Future<?> rate : rates) {
        if (!rate.isCancelled()) {
          rate.get(); // throws what ended it
        }
      }
      for (Future<?> schedule : faults) {
        schedule.get();
      }
    }
  }

  private static Future<?> at(ScheduledExecutorService clock, Duration time, Runnable action) {
    return clock.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Future<?> atRate(ScheduledExecutorService clock, int perSecond, Runnable action) {
    return clock.scheduleAtFixedRate(
        action, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
  }

  private void checkReadiness(Surroundings all) {
    int status = all.client().admin("/health/ready").statusCode();
    if (status != 200) {
      tally.violated("not ready", "status " + status);
    }
  }
}
