package io.papi.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.papi.lookup.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Looks at Redis's clock, once a second, and decides by which {@link Timeline} this process counts.
 * Used by one thread at a time, the one that holds the connection.
 *
 * <p><b>The rule</b> that all rests on: <i>whoever counts by a timeline knows where it stands.</i>
 * Then the age of what was stamped by it is right, however Redis's clock jumps between the stamp
 * and the reading, and whether anybody has noticed: both sides count on with their own tickers. A
 * value of another timeline is not fresh any more ({@link RedisCache}). So no moment at which a
 * jump is noticed, and no order in which several notice it, can make a row younger than it is. What
 * is left is how a process comes to know where a timeline stands.
 *
 * <ol>
 *   <li><b>It begins one</b>, with a random id: the timeline stands where {@code TIME} says. That
 *       is always allowed; but what it stamps is fresh for nobody else.
 *   <li><b>It shows others which one to count by</b>: {@code papi:clock} in Redis is the id of the
 *       shared timeline. The first process puts its own there. One that sees Redis's clock jump
 *       begins a new timeline and puts that there. One that finds another id there leaves its
 *       timeline too: somebody has seen a jump, or Redis is another than it was.
 *   <li><b>It joins the shared one</b>, if {@code TIME} is proof of where that stands. By itself it
 *       is none: the clock may have jumped after the last who counted by the timeline has looked,
 *       and before the newcomer came. Until there is proof the newcomer counts by its own timeline,
 *       and what others stamped is not fresh to it.
 * </ol>
 *
 * <p><b>The proof.</b> {@code papi:clock:<id>} is a hash. Whoever counts by the timeline adds one
 * to its {@code count} at each look <i>and then</i> reads {@code TIME}, and when that shows no jump
 * writes its {@code beat}: that count, its machine, and how far the timeline is ahead of its
 * ticker. The newcomer adds one to the count too, in a look after the one at which it began its own
 * timeline. A beat with a higher count than that is of a look that came later; there {@code TIME}
 * went with the shared timeline; and the newcomer's own looks before and after it, between which
 * its own timeline saw no jump, have that look between them. So the two timelines are one. It does
 * not matter how late the beat is written or read. A beat of the same machine is proof at once:
 * there the ticker is the same clock for all processes (on Linux, since the machine was started),
 * and it is enough that {@code TIME} is as far ahead of it as the beat says. So a service that was
 * started again finds its rows fresh although nobody has watched meanwhile.
 *
 * <p>Where there is no proof for {@value #PATIENCE} looks, nobody watches the shared timeline; then
 * the newcomer puts its own id there. Several who do so, or who see one jump, overwrite each other:
 * the last one's id stays, the others leave theirs for it at the next look. A process that was away
 * (frozen, cut off, by-passed) goes on with its own timeline, and at the next look either sees that
 * nothing has happened or leaves it.
 *
 * <p><b>Forwards</b> and backwards are the same. Where it was this process's ticker that stood
 * still (a suspended machine), Redis's clock seems to jump forwards: a value of an earlier timeline
 * is counted by both and is as old as the older says.
 *
 * <p><b>A Redis that does not let us have these keys</b> (its ACL, no memory left) costs sharing,
 * not truth: each process counts by its own timeline. They are no dataset's keys: those have three
 * colons. A failover to a replica brings the keys along; there {@code TIME} is the replica's, and
 * goes with the timeline or is a jump. Within {@link Timeline#TOLERANCE_MICROS} all clocks are one,
 * for which ages have a margin. A look that took long shows little, and is proof of nothing.
 */
final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** How often to look. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How many looks a newcomer waits for the proof: those who watch look as often as it does. */
  static final int PATIENCE = 5;

  private static final byte[] SHARED = ascii("papi:clock");
  private static final byte[] COUNT = ascii("count");
  private static final byte[] BEAT = ascii("beat");
  private static final byte[] ONE = ascii("1");

  /** The beats of a timeline that nobody counts by are worth nothing after that. */
  private static final byte[] BEATS_LIVE_MILLIS = ascii("" + Duration.ofDays(1).toMillis());

  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long NEVER_ASKED = Long.MAX_VALUE;
  private static final long BETWEEN_WARNINGS_NANOS = Duration.ofMinutes(1).toNanos();

  private final RedisClock clock;
  private final Ticker ticker;
  private final RedisMeters meters;
  private final Optional<String> machine;
  private final LongSupplier ids;

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

  private boolean refused;
  private long warnedAt;

  /**
   * What one look showed.
   *
   * @param shared the id of the shared timeline; empty where there is none
   * @param count what we made the count of the timeline that we looked at
   * @param beat the last beat of it
   */
  private record Sight(
      ClockReading reading,
      Optional<String> shared,
      OptionalLong count,
      Optional<Beat> beat,
      Optional<String> refusal) {}

  /** What {@code beat} holds: {@code <count> <ahead> <machine>}. */
  private record Beat(long count, long ahead, String machine) {

    static Optional<Beat> read(@Nullable Object reply) {
      if (!(reply instanceof byte[] bytes)) {
        return Optional.empty();
      }
      String[] parts = new String(bytes, US_ASCII).split(" ", 3);
      try {
        return parts.length < 3
            ? Optional.empty()
            : Optional.of(new Beat(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    byte[] bytes() {
      return ascii(count + " " + ahead + " " + machine);
    }
  }

  ClockWatch(RedisClock clock, Ticker ticker, RedisMeters meters) {
    this(clock, ticker, meters, thisMachine(), () -> ThreadLocalRandom.current().nextLong());
  }

  /**
   * @param machine what processes have in common whose tickers are one clock; empty if not known
   * @param ids random numbers
   */
  ClockWatch(
      RedisClock clock,
      Ticker ticker,
      RedisMeters meters,
      Optional<String> machine,
      LongSupplier ids) {
    this.clock = clock;
    this.ticker = ticker;
    this.meters = meters;
    this.machine = machine;
    this.ids = ids;
  }

  /** Looks once, in two exchanges that take no longer than {@code nanos} each. */
  void look(RedisConnection connection, long nanos) throws RedisFailure {
    Sight sight = see(connection, nanos);
    tell(sight.refusal());
    ClockReading reading = sight.reading();
    boolean wasShared = begun && shared.equals(own());
    boolean wasExact = begun && clock.timeline().isExact();
    long jump = begun ? clock.timeline().jump(reading) : 0;
    if (begun && jump == 0) {
      clock.set(clock.timeline().follow(reading));
    } else {
      begin(reading);
    }
    if (jump != 0) {
      jumped(jump);
    }
    if (sight.refusal().isPresent()) {
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
      beat(connection, nanos, sight.count());
    } else if (wasShared) {
      offer(connection, nanos);
    } else {
      join(connection, nanos, sight, wasExact && jump == 0);
    }
  }

  private Sight see(RedisConnection connection, long nanos) throws RedisFailure {
    List<CommandArguments> calls = new ArrayList<>();
    calls.add(RedisConnection.call(Command.PING));
    // before TIME, both: see the proof
    shared.ifPresent(
        id -> {
          calls.add(RedisConnection.call(Command.HINCRBY, beats(id), COUNT, ONE));
          calls.add(RedisConnection.call(Command.HGET, beats(id), BEAT));
        });
    calls.add(RedisConnection.call(Command.TIME));
    calls.add(RedisConnection.call(Command.GET, SHARED));
    long sent = ticker.nanos();
    List<Object> replies = connection.pipeline(calls, nanos);
    long answered = ticker.nanos();
    if (replies.getFirst() instanceof JedisDataException refusal) {
      throw connection.failed(refusal);
    }
    Object count = shared.isPresent() ? replies.get(1) : null;
    return new Sight(
        reading(connection, replies.get(calls.size() - 2), sent, answered),
        id(replies.getLast()),
        count instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty(),
        shared.isPresent() ? Beat.read(replies.get(2)) : Optional.empty(),
        refusal(replies));
  }

  private static ClockReading reading(
      RedisConnection connection, @Nullable Object reply, long sent, long answered)
      throws RedisFailure {
    if (reply instanceof List<?> time
        && time.size() == 2
        && time.get(0) instanceof byte[] seconds
        && time.get(1) instanceof byte[] micros) {
      try {
        long second = Long.parseLong(new String(seconds, US_ASCII));
        long micro = Long.parseLong(new String(micros, US_ASCII));
        if (second >= 0 && second <= MAX_SECONDS && micro >= 0 && micro < 1_000_000) {
          return ClockReading.of(1_000_000 * second + micro, sent, answered);
        }
      } catch (NumberFormatException e) {
        throw connection.failed(e);
      }
    }
    throw connection.failed(new JedisConnectionException("a reply that is no time"));
  }

  private void begin(ClockReading reading) {
    clock.set(Timeline.begin(ids.getAsLong(), reading));
    begun = true;
    asked = NEVER_ASKED;
  }

  private void jumped(long micros) {
    meters.clockJumped();
    long now = ticker.nanos();
    if (warnedAt == 0 || now - warnedAt >= BETWEEN_WARNINGS_NANOS) {
      warnedAt = now;
      LOG.warn(
          "Redis's clock has jumped by {} ms: what was kept before is not fresh any more",
          micros / 1000);
    }
  }

  /** Puts our timeline into Redis as the shared one. */
  private void offer(RedisConnection connection, long nanos) throws RedisFailure {
    String own = own().orElseThrow();
    List<CommandArguments> calls = new ArrayList<>();
    calls.add(RedisConnection.call(Command.SET, SHARED, ascii(own)));
    if (clock.timeline().isExact()) {
      // no newcomer has asked for less: proof for those on this machine alone
      calls.addAll(beatCalls(own, 0));
    }
    List<Object> replies = connection.pipeline(calls, nanos);
    tell(refusal(replies));
    if (!(replies.getFirst() instanceof JedisDataException)) {
      shared = Optional.of(own);
    }
  }

  /** Finds another timeline shared than before. */
  private void meet(RedisConnection connection, long nanos, String found, ClockReading reading)
      throws RedisFailure {
    shared = Optional.of(found);
    asked = NEVER_ASKED;
    waited = 0;
    if (machine.isPresent() && !shared.equals(own())) {
      List<Object> replies =
          connection.pipeline(
              List.of(RedisConnection.call(Command.HGET, beats(found), BEAT)), nanos);
      if (Beat.read(replies.getFirst()).filter(beat -> isOurs(beat, reading)).isPresent()) {
        countBy(found);
      }
    }
  }

  /** Counts by the shared timeline, if there is proof of where it stands. */
  private void join(RedisConnection connection, long nanos, Sight sight, boolean mayAsk)
      throws RedisFailure {
    waited++;
    if (sight
        .beat()
        .filter(beat -> beat.count() > asked || isOurs(beat, sight.reading()))
        .isPresent()) {
      countBy(shared.orElseThrow());
    } else if (waited >= PATIENCE) {
      offer(connection, nanos);
    } else if (asked == NEVER_ASKED && mayAsk) {
      asked = sight.count().orElse(NEVER_ASKED);
    }
  }

  private void countBy(String id) {
    clock.set(clock.timeline().as(HexFormat.fromHexDigitsToLong(id)));
  }

  /** Whether a beat is of this machine, and the timeline stands where Redis's clock does. */
  private boolean isOurs(Beat beat, ClockReading reading) {
    return machine.filter(beat.machine()::equals).isPresent()
        && clock.timeline().isAt(beat.ahead(), reading);
  }

  private void beat(RedisConnection connection, long nanos, OptionalLong count)
      throws RedisFailure {
    if (count.isPresent() && clock.timeline().isExact()) {
      List<CommandArguments> calls = beatCalls(shared.orElseThrow(), count.getAsLong());
      tell(refusal(connection.pipeline(calls, nanos)));
    }
  }

  private List<CommandArguments> beatCalls(String id, long count) {
    Beat beat = new Beat(count, clock.timeline().ahead(), machine.orElse("unknown"));
    return List.of(
        RedisConnection.call(Command.HSET, beats(id), BEAT, beat.bytes()),
        RedisConnection.call(Command.PEXPIRE, beats(id), BEATS_LIVE_MILLIS));
  }

  /** Says in the log, once, that Redis does not let us have these keys. */
  private void tell(Optional<String> refusal) {
    if (refusal.isPresent() && !refused) {
      refused = true;
      LOG.warn(
          "Redis does not let us use papi:clock: what other instances keep may not be fresh here:"
              + " {}",
          refusal.get());
    }
  }

  /** The id of the timeline that we count by. */
  private Optional<String> own() {
    return Optional.of(HexFormat.of().toHexDigits(clock.timeline().id()));
  }

  private static Optional<String> refusal(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisDataException refusal) {
        return Optional.of(String.valueOf(refusal.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** An id in Redis; what is none counts as missing, and is written anew. */
  private static Optional<String> id(@Nullable Object reply) {
    return reply instanceof byte[] bytes
        ? Optional.of(new String(bytes, US_ASCII)).filter(text -> text.matches("[0-9a-f]{16}"))
        : Optional.empty();
  }

  private static byte[] beats(String id) {
    return ascii("papi:clock:" + id);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static Optional<String> thisMachine() {
    try {
      return Optional.of(Files.readString(BOOT_ID, US_ASCII).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
