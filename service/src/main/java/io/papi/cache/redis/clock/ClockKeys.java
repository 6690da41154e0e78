package io.papi.cache.redis.clock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.papi.cache.redis.connection.ErrorReply;
import io.papi.cache.redis.connection.PrimaryCheck;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The keys in Redis by which processes share a timeline, and the commands that read and write them;
 * {@link ClockWatch} says what they are for. Used by one thread at a time.
 *
 * <p>{@code papi:clock} is the id of the shared timeline, 16 hexadecimal digits; {@code
 * papi:clock:<id>} is a hash with a {@code count} of looks and the last {@link Beat}. They are no
 * dataset's keys: those have three colons.
 */
final class ClockKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ClockKeys.class);

  private static final CommandArguments TIME = RedisConnection.call(Command.TIME);

  private static final byte[] SHARED = ascii("papi:clock");
  private static final byte[] COUNT = ascii("count");
  private static final byte[] BEAT = ascii("beat");
  private static final byte[] ONE = ascii("1");

  /** After that the beats of a timeline by which nobody counts are worth nothing. */
  private static final byte[] BEATS_LIVE_MILLIS = ascii("" + Duration.ofDays(1).toMillis());

  private static final long MAX_SECONDS = 253_402_300_799L;

  private final Ticker ticker;
  private boolean refused;

  /**
   * What one look showed.
   *
   * @param shared the id of the shared timeline; empty where there is none
   * @param count what this look made the count of the timeline that it looked at
   * @param beat that timeline's last beat
   * @param refused whether Redis refused a command
   */
  record Sight(
      ClockReading reading,
      Optional<String> shared,
      OptionalLong count,
      Optional<Beat> beat,
      boolean refused) {}

  ClockKeys(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Looks at Redis's clock and at the shared timeline, and adds one to the count of {@code id}.
   *
   * @param id the timeline to look at; empty while none is known
   */
  Sight look(RedisConnection connection, long nanos, Optional<String> id) throws RedisFailure {
    List<CommandArguments> calls = new ArrayList<>();
    calls.addAll(PrimaryCheck.questions());
    int first = calls.size();
    // both before TIME: ClockWatch's proof rests on that
    id.ifPresent(
        known -> {
          calls.add(RedisConnection.call(Command.HINCRBY, beats(known), COUNT, ONE));
          calls.add(RedisConnection.call(Command.HGET, beats(known), BEAT));
        });
    calls.add(TIME);
    calls.add(RedisConnection.call(Command.GET, SHARED));
    long sent = ticker.nanos();
    List<Object> replies = connection.pipeline(calls, nanos);
    long answered = ticker.nanos();
    PrimaryCheck.judge(connection, replies);
    Object time = connection.require(TIME, replies.get(calls.indexOf(TIME)));
    ClockReading reading = reading(connection, time, sent, answered);
    Object count = id.isPresent() ? replies.get(first) : null;
    boolean refusal = isRefused(calls, replies, first);
    refused = refusal; // it is said again when they are refused again
    return new Sight(
        reading,
        id(replies.getLast()),
        count instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty(),
        id.isPresent() ? Beat.read(replies.get(first + 1)) : Optional.empty(),
        refusal);
  }

  /**
   * Makes {@code id} the shared timeline.
   *
   * @param beat its first beat, where there is one to write
   * @return whether Redis has taken it
   */
  boolean offer(RedisConnection connection, long nanos, String id, Optional<Beat> beat)
      throws RedisFailure {
    List<CommandArguments> calls = new ArrayList<>();
    calls.add(RedisConnection.call(Command.SET, SHARED, ascii(id)));
    beat.ifPresent(first -> calls.addAll(beatCalls(id, first)));
    List<Object> replies = connection.pipeline(calls, nanos);
    isRefused(calls, replies, 0);
    return !(replies.getFirst() instanceof JedisDataException);
  }

  /** Writes a beat of the timeline {@code id}. */
  void beat(RedisConnection connection, long nanos, String id, Beat beat) throws RedisFailure {
    List<CommandArguments> calls = beatCalls(id, beat);
    isRefused(calls, connection.pipeline(calls, nanos), 0);
  }

  /** The last beat of the timeline {@code id}. */
  Optional<Beat> lastBeat(RedisConnection connection, long nanos, String id) throws RedisFailure {
    List<Object> replies =
        connection.pipeline(List.of(RedisConnection.call(Command.HGET, beats(id), BEAT)), nanos);
    return Beat.read(replies.getFirst());
  }

  private static List<CommandArguments> beatCalls(String id, Beat beat) {
    return List.of(
        RedisConnection.call(Command.HSET, beats(id), BEAT, beat.bytes()),
        RedisConnection.call(Command.PEXPIRE, beats(id), BEATS_LIVE_MILLIS));
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

  /** Whether Redis does not let us have these keys; logs that once. */
  private boolean isRefused(List<CommandArguments> calls, List<Object> replies, int from) {
    for (int i = from; i < replies.size(); i++) {
      if (replies.get(i) instanceof JedisDataException refusal) {
        if (!refused) {
          refused = true;
          LOG.warn(
              "Redis does not let us use papi:clock, so what other instances keep may not be fresh"
                  + " here: {}",
              ErrorReply.text((Command) calls.get(i).getCommand(), refusal));
        }
        return true;
      }
    }
    return false;
  }

  /** An id in Redis; anything else there counts as missing, and is overwritten. */
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
}
