package io.papi.cache.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.Decoded.Garbage;
import io.papi.cache.redis.Decoded.Kept;
import io.papi.cache.redis.Decoded.KeptAbsence;
import io.papi.cache.redis.Decoded.KeptUnreadable;
import io.papi.cache.redis.Decoded.Sound;
import io.papi.cache.redis.clock.ClockWatch;
import io.papi.cache.redis.clock.RedisClock;
import io.papi.cache.redis.clock.Stamp;
import io.papi.cache.redis.clock.Timeline;
import io.papi.lookup.Origin;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes outcomes of the values in Redis: from then on their age is counted by this process's own
 * ticker. Thread-safe.
 *
 * <p>Whatever is wrong with a value, it is not held, and counted. If another timeline stamped a row
 * than the one by which this process counts ({@link ClockWatch}), the row is held as one past its
 * fresh time; an absence is then not held at all.
 */
final class ValueReader {
  private final RedisClock clock;
  private final Consumer<byte[]> discard;
  private final ValueCodec codec = new ValueCodec();
  private final Map<Garbage, Counter> garbage = new EnumMap<>(Garbage.class);
  private final Counter future;
  private final Counter otherClock;

  /**
   * @param discard is told the name under which there is garbage
   */
  ValueReader(RedisClock clock, MeterRegistry meters, Consumer<byte[]> discard) {
    this.clock = clock;
    this.discard = discard;
    for (Garbage reason : Garbage.values()) {
      garbage.put(reason, discarded(meters, reason.name().toLowerCase(Locale.ROOT)));
    }
    this.future = discarded(meters, "future");
    this.otherClock = discarded(meters, "clock");
  }

  /**
   * The outcome in the value that is kept under {@code name}, if it may be used.
   *
   * @param now when it arrived
   */
  Optional<Known> read(byte[] name, byte[] value, Lifetime lifetime, long now, Origin origin) {
    return switch (codec.decode(name, value)) {
      case Sound sound -> known(sound, lifetime, now, origin);
      case Garbage reason -> {
        count(reason);
        discard.accept(name);
        yield Optional.empty();
      }
    };
  }

  private Optional<Known> known(Sound sound, Lifetime lifetime, long now, Origin origin) {
    Timeline timeline = clock.timeline();
    Stamp stamp = sound.stamp();
    if (stamp.clock() != timeline.mark()) {
      otherClock.increment();
      return switch (sound) {
        case Kept(Row row, _) -> {
          long readAt = lifetime.notFresh(clock.guessReadAt(stamp, now), now);
          yield Optional.of(new Found(row, readAt, origin));
        }
        case KeptAbsence _, KeptUnreadable _ -> Optional.empty();
      };
    }
    if (timeline.isFuture(stamp.micros(), now)) {
      future.increment();
      return Optional.empty();
    }
    long readAt = timeline.readAt(stamp.micros(), now);
    return Optional.of(
        switch (sound) {
          case Kept(Row row, _) -> new Found(row, readAt, origin);
          case KeptAbsence _ -> new Absent(readAt, origin);
          case KeptUnreadable(Fault fault, _) -> new Unreadable(readAt, origin, fault);
        });
  }

  private void count(Garbage reason) {
    Counter counter = garbage.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Counter discarded(MeterRegistry meters, String reason) {
    return Counter.builder("papi.cache.discarded")
        .description("values in Redis that must not be used")
        .tag("reason", reason)
        .register(meters);
  }
}
