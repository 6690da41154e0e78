package io.papi.cache.redis.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.cache.redis.clock.Clocks.Instance;
import io.papi.testing.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, also in the middle of a look: what is taken for fresh is
 * never younger than it is.
 */
final class ClockWatchPropertiesTest {
  private static final int STEPS = 300;
  private static final int MACHINES = 3;

  private record Value(Stamp stamp, long readMicros) {}

  /** One course of events. */
  private static final class Course {
    private final Random random;
    private final Clocks clocks;
    private final List<Instance> processes = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private int depth;
    private int fresh;

    Course(long seed, Clocks clocks) {
      this.random = new Random(seed);
      this.clocks = clocks;
      clocks.redis().onPing =
          (command, output) -> {
            inBetween();
            clocks.redis().honestly(command, output);
          };
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0 -> jump();
          case 1 -> processes.add(clocks.start(random.nextInt(MACHINES)));
          case 2 -> {
            if (!processes.isEmpty()) {
              processes.remove(random.nextInt(processes.size())).close();
            }
          }
          case 3 -> {
            if (random.nextInt(5) == 0) {
              clocks.redis().clock.clear();
            }
          }
          case 4, 5 -> clocks.pass(Duration.ofMillis(random.nextInt(5_000)));
          default -> {
            clocks.pass(Duration.ofMillis(random.nextInt(400)));
            lookAndReadAndWrite();
          }
        }
      }
      processes.forEach(Instance::close);
    }

    private void lookAndReadAndWrite() {
      if (processes.isEmpty()) {
        return;
      }
      Instance process = processes.get(random.nextInt(processes.size()));
      process.look();
      values.add(new Value(process.stamp(), clocks.worldMicros()));
      for (Instance reader : processes) {
        for (Value value : values.subList(Math.max(0, values.size() - 40), values.size())) {
          if (reader.hasLooked() && reader.counts(value.stamp())) {
            long age = (clocks.worldMicros() - value.readMicros()) / 1000;
            assertThat(reader.ageMillis(value.stamp())).isBetween(age, age + 5_000);
            fresh++;
          }
        }
      }
    }

    /** What may happen between two commands: it is the other side's thread. */
    private void inBetween() {
      clocks.pass(Duration.ofNanos(random.nextInt(2_000_000)));
      if (depth == 0 && random.nextInt(60) == 0) {
        depth++;
        switch (random.nextInt(3)) {
          case 0 -> jump();
          case 1 -> clocks.pass(Duration.ofSeconds(random.nextInt(3)));
          default -> clocks.start(random.nextInt(MACHINES)).look().close();
        }
        depth--;
      }
    }

    private void jump() {
      int millis = 300 + random.nextInt(20_000);
      clocks.jump(Duration.ofMillis(random.nextBoolean() ? millis : -millis));
    }
  }

  @Test
  void whateverHappens_freshIsNeverYoungerThanItIs() {
    Property.check(
        100,
        random -> {
          long seed = random.nextLong();
          try (Clocks clocks = new Clocks(seed)) {
            Course course = new Course(seed, clocks);
            course.run();
            assertThat(course.fresh).isPositive();
          }
        });
  }
}
