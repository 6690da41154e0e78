package io.papi.cache.redis.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Asks over a connection whether its server is the primary: a demoted one goes on answering, and
 * what is written or deleted there never reaches the one that took over.
 *
 * <p>A deletion of a key that is never there changes nothing, needs no right that Papi does not
 * need anyway, and is refused by a replica. One that takes writes of its own and loses them again
 * shows in {@code INFO}, if the user may ask for that. {@code PING} is no question here: whether it
 * is answered says nothing about any other command.
 */
public final class PrimaryCheck {
  private static final byte[] NEVER_THERE = "papi:clock:none".getBytes(US_ASCII);
  private static final byte[] SHARED_CLOCK = "papi:clock".getBytes(US_ASCII);

  private static final List<CommandArguments> QUESTIONS =
      List.of(
          RedisConnection.call(Command.DEL, NEVER_THERE),
          RedisConnection.call(Command.INFO, "replication".getBytes(US_ASCII)));

  /** As every read: of several keys, which a node of a cluster need not have all. */
  private static final CommandArguments READ =
      RedisConnection.call(Command.MGET, SHARED_CLOCK, NEVER_THERE);

  private PrimaryCheck() {}

  /** The questions, to be sent before others. */
  public static List<CommandArguments> questions() {
    return QUESTIONS;
  }

  /**
   * Fails if the first of {@code replies}, to {@link #questions}, show a replica. Other refusals
   * say nothing about who is the primary.
   */
  public static void judge(RedisConnection connection, List<?> replies) throws RedisFailure {
    if (isReplica(replies.get(1))) {
      throw connection.isReplica("INFO says that it is a replica");
    }
  }

  /** Asks whether a server is the primary and answers reads. */
  public static void ofReads(RedisConnection connection, long nanos) throws RedisFailure {
    List<CommandArguments> calls = new ArrayList<>(QUESTIONS);
    calls.add(READ);
    List<Object> replies = connection.pipeline(calls, nanos);
    judge(connection, replies);
    Object values = connection.require(READ, replies.getLast());
    if (!(values instanceof List<?> list) || list.size() != 2) {
      throw connection.failed(new JedisConnectionException("what answers there is no Redis"));
    }
  }

  private static boolean isReplica(@Nullable Object reply) {
    return reply instanceof byte[] info
        && new String(info, UTF_8).lines().anyMatch(line -> line.strip().equals("role:slave"));
  }
}
