package io.papi.chaos;

import static io.papi.testing.proxy.FaultProxy.Direction.DOWNSTREAM;

import io.papi.chaos.Fault.Beginning;
import io.papi.chaos.Fault.Part;
import io.papi.testing.FailingSnapshots;
import io.papi.testing.Frozen;
import io.papi.testing.proxy.Toxic;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import io.papi.testing.proxy.Toxic.Slicer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What goes wrong with Redis; no request may fail by it. */
final class RedisFaults {
  private static final int MAX_JUMP_MILLIS = 20_000;

  private RedisFaults() {}

  static List<Fault> of(Surroundings all, long seed) {
    return List.of(
        fault("slow and jittery", toxic(all, new Latency(millis(30), millis(30)))),
        fault("byte by byte", toxic(all, new Slicer(1, 0, Duration.ofNanos(100_000)))),
        fault("silent", toxic(all, new Toxic.Timeout(Duration.ZERO))),
        fault("cut in mid-reply", toxic(all, new LimitData(5_000))),
        fault("reset", toxic(all, new ResetPeer(Duration.ZERO))),
        fault(
            "down",
            () -> {
              all.toRedis().down();
              return all.toRedis()::up;
            }),
        fault("hung (SIGSTOP)", () -> new Frozen(all.redis().pid())),
        fault(
            "killed, restarted empty",
            () -> {
              all.redis().restart();
              return () -> {};
            }),
        fault("values poisoned", () -> Poison.begin(all.redis().uri(), seed)),
        fault(
            "demoted, another takes over",
            () -> {
              all.failOver();
              return all::failOver;
            }),
        fault("snapshots fail (MISCONF)", () -> FailingSnapshots.begin(all.redis().uri())),
        fault("its clock jumps", clockJumps(all, new Random(seed))));
  }

  /** Forwards or backwards, and back again at the end. */
  private static Beginning clockJumps(Surroundings all, Random random) {
    return () -> {
      int millis = 500 + random.nextInt(MAX_JUMP_MILLIS);
      all.redis().moveTo(millis(random.nextInt(3) == 0 ? millis : -millis));
      return () -> all.redis().moveTo(Duration.ZERO);
    };
  }

  private static Fault fault(String name, Beginning beginning) {
    return new Fault(name, Part.REDIS, Fault.LONG, false, beginning);
  }

  private static Beginning toxic(Surroundings all, Toxic toxic) {
    return () -> all.toRedis().add(DOWNSTREAM, toxic);
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }
}
