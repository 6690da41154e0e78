package io.papi.cache.redis.clock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.redis.clock.ClockKeys.Sight;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.lookup.Ticker;
import io.papi.reporting.OnceAMinute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at Redis's clock, once a second, and decides by which {@link Timeline} this process counts.
 * Used by one thread at a time, the one that holds the connection.
 *
 * <p><b>The rule</b> on which everything rests: <i>whoever counts by a timeline knows where it
 * stands.</i> Then the age of what was stamped by it is right, however Redis's clock jumps between
 * the stamp and the reading, and whether or not anybody has noticed: both sides count on with their
 * own tickers. A value of another timeline is no longer fresh. So a row cannot become younger than
 * it is, whenever a jump is noticed, and in whatever order several processes notice it. What is
 * left to decide is how a process learns where a timeline stands.
 *
 * <ol>
 *   <li><b>It begins one</b>, with a random id: the timeline stands where {@code TIME} says. That
 *       is always allowed; but what it stamps is fresh for nobody else.
 *   <li><b>It shows others which one to count by</b>: {@code papi:clock} in Redis is the id of the
 *       shared timeline. The first process puts its own there. One that sees Redis's clock jump
 *       begins a new timeline and puts that there. One that finds another id there leaves its
 *       timeline too: somebody has seen a jump, or this is not the Redis that it was.
 *   <li><b>It joins the shared one</b>, if {@code TIME} proves where that stands. By itself it
 *       proves nothing: the clock may have jumped after the last look of those who counted by the
 *       timeline, and before the newcomer came. Until there is proof the newcomer counts by its own
 *       timeline, and what others stamped is not fresh to it.
 * </ol>
 *
 * <p><b>The proof.</b> {@code papi:clock:<id>} is a hash. Whoever counts by the timeline adds one
 * to its {@code count} at each look <i>and then</i> reads {@code TIME}, and if that shows no jump
 * writes its {@code beat}: that count, its machine, and how far the timeline is ahead of its
 * ticker. The newcomer adds one to the count too, in a look after the one at which it began its own
 * timeline. A beat with a higher count than that comes from a later look. At that look {@code TIME}
 * went with the shared timeline; and it lies between two looks of the newcomer between which the
 * newcomer's own timeline saw no jump. So the two timelines are one. It does not matter how late
 * the beat is written or read. A beat of the same machine is proof at once: there the ticker is the
 * same clock for all processes (on Linux, since the machine was started), so it is enough that
 * {@code TIME} is as far ahead of it as the beat says. That is why a service that was restarted
 * finds its rows fresh although nobody was watching meanwhile.
 *
 * <p>If there is no proof for {@value #PATIENCE} looks, nobody watches the shared timeline; then
 * the newcomer puts its own id there. Several who do so, or who see the same jump, overwrite each
 * other: the last one's id stays, the others leave theirs for it at the next look. A process that
 * was away (frozen, cut off, by-passed) goes on with its own timeline, and at the next look either
 * sees that nothing has happened or leaves it.
 *
 * <p><b>Forwards</b> and backwards are the same. If it was this process's ticker that stood still
 * (a suspended machine), Redis's clock seems to jump forwards: a value of an earlier timeline is
 * counted by both, and the greater of the two ages is taken.
 *
 * <p><b>A Redis that does not let us have these keys</b> (its ACL, no memory left) costs sharing,
 * not truth: each process counts by its own timeline. A failover to a replica brings the keys
 * along; {@code TIME} is then the replica's, and either goes with the timeline or is a jump. All
 * clocks within {@link Timeline#TOLERANCE_MICROS} of each other count as one; ages have a margin
 * for that. A look that took long may not show a jump, and proves nothing: not to the newcomer, and
 * it is no beat either.
 */
public final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** How often to look. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How many looks a newcomer waits for the proof: those who watch look as often as it does. */
  static final int PATIENCE = 5;

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long NEVER_ASKED = Long.MAX_VALUE;

  private final RedisClock clock;
  private final Ticker ticker;
  private final ClockKeys keys;
  private final Counter jumps;
  private final Optional<String> machine;
  private final LongSupplier ids;
  private final OnceAMinute warning = new OnceAMinute();

  /** Whether we count by any timeline. */
  private boolean begun;

  /**
   * The id of the shared timeline when we looked last. It is our timeline's id where we count by
   * it.
   */
  private Optional<String> shared = Optional.empty();

  /** Our count in the first look after we began a timeline of our own. */
  private long asked = NEVER_ASKED;

  /** The looks at the shared timeline without a proof. */
  private int waited;

  public ClockWatch(RedisClock clock, Ticker ticker, MeterRegistry meters) {
    this(clock, ticker, meters, thisMachine(), () -> ThreadLocalRandom.current().nextLong());
  }

  /**
   * @param machine what processes have in common whose tickers are one clock; empty if not known
   * @param ids random numbers
   */
  ClockWatch(
      RedisClock clock,
      Ticker ticker,
      MeterRegistry meters,
      Optional<String> machine,
      LongSupplier ids) {
    this.clock = clock;
    this.ticker = ticker;
    this.keys = new ClockKeys(ticker);
    this.jumps =
        Counter.builder("papi.redis.clock.jumps")
            .description("times that Redis's clock disagreed with the time that had passed here")
            .register(meters);
    this.machine = machine;
    this.ids = ids;
  }

  /** Looks once, in two exchanges that take no longer than {@code nanos} each. */
  public void look(RedisConnection connection, long nanos) throws RedisFailure {
    Sight sight = keys.look(connection, nanos, shared);
    ClockReading reading = sight.reading();
    boolean wasShared = begun && shared.equals(own());
    boolean wasExact = begun && clock.timeline().isExact() && reading.isExact();
    long jump = begun ? clock.timeline().jump(reading) : 0;
    if (begun && jump == 0) {
      clock.set(clock.timeline().follow(reading));
    } else {
      begin(reading);
    }
    if (jump != 0) {
      jumped(jump);
    }
    if (sight.refused()) {
      return;
    }
    if (sight.shared().isEmpty()) {
      offer(connection, nanos);
    } else if (!sight.shared().equals(shared)) {
      if (wasShared && jump == 0) {
        LOG.info("another instance has seen Redis's clock jump: its timeline counts from now on");
        begin(reading);
      }
      meet(connection, nanos, sight.shared().get(), reading);
    } else if (shared.equals(own())) {
      beat(connection, nanos, sight);
    } else if (wasShared) {
      offer(connection, nanos);
    } else {
      join(connection, nanos, sight, wasExact && jump == 0);
    }
  }

  private void begin(ClockReading reading) {
    clock.set(Timeline.begin(ids.getAsLong(), reading));
    begun = true;
    asked = NEVER_ASKED;
  }

  private void jumped(long micros) {
    jumps.increment();
    if (warning.isDue(ticker.nanos())) {
      LOG.warn(
          "Redis's clock has jumped by {} ms: what was kept before is not fresh any more",
          micros / 1000);
    }
  }

  /** Puts our timeline into Redis as the shared one. */
  private void offer(RedisConnection connection, long nanos) throws RedisFailure {
    String own = own().orElseThrow();
    // no newcomer has asked for less than a count of 0: proof for those on this machine alone
    if (keys.offer(connection, nanos, own, beatOf(0))) {
      shared = Optional.of(own);
    }
  }

  /** Finds that the shared timeline is another one than before. */
  private void meet(RedisConnection connection, long nanos, String found, ClockReading reading)
      throws RedisFailure {
    shared = Optional.of(found);
    asked = NEVER_ASKED;
    waited = 0;
    if (machine.isPresent()
        && !shared.equals(own())
        && keys.lastBeat(connection, nanos, found)
            .filter(beat -> isOurs(beat, reading))
            .isPresent()) {
      countBy(found);
    }
  }

  /** Counts by the shared timeline, if there is proof of where it stands. */
  private void join(RedisConnection connection, long nanos, Sight sight, boolean mayAsk)
      throws RedisFailure {
    waited++;
    if (sight
        .beat()
        .filter(beat -> isLaterThanAsked(beat, sight) || isOurs(beat, sight.reading()))
        .isPresent()) {
      countBy(shared.orElseThrow());
    } else if (waited >= PATIENCE) {
      offer(connection, nanos);
    } else if (asked == NEVER_ASKED && mayAsk) {
      asked = sight.count().orElse(NEVER_ASKED);
    }
  }

  private boolean isLaterThanAsked(Beat beat, Sight sight) {
    return beat.count() > asked && sight.reading().isExact();
  }

  private void countBy(String id) {
    clock.set(clock.timeline().as(HexFormat.fromHexDigitsToLong(id)));
  }

  /** Whether a beat is of this machine, and the timeline stands where Redis's clock does. */
  private boolean isOurs(Beat beat, ClockReading reading) {
    return machine.filter(beat.machine()::equals).isPresent()
        && clock.timeline().isAt(beat.ahead(), reading);
  }

  private void beat(RedisConnection connection, long nanos, Sight sight) throws RedisFailure {
    if (sight.count().isPresent() && sight.reading().isExact()) {
      Optional<Beat> beat = beatOf(sight.count().getAsLong());
      if (beat.isPresent()) {
        keys.beat(connection, nanos, shared.orElseThrow(), beat.get());
      }
    }
  }

  /** Our beat; empty while we do not know well enough where our timeline stands. */
  private Optional<Beat> beatOf(long count) {
    Timeline timeline = clock.timeline();
    return timeline.isExact()
        ? Optional.of(new Beat(count, timeline.ahead(), machine.orElse("unknown")))
        : Optional.empty();
  }

  /** The id of the timeline that we count by. */
  private Optional<String> own() {
    return Optional.of(HexFormat.of().toHexDigits(clock.timeline().id()));
  }

  private static Optional<String> thisMachine() {
    try {
      return Optional.of(Files.readString(BOOT_ID, US_ASCII).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
