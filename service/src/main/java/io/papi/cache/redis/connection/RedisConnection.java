package io.papi.cache.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.cache.redis.connection.RedisFailure.Kind;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to Redis, signed in; every exchange on it ends in time. After the first failure it
 * is closed, and whatever follows fails at once.
 *
 * <p>Whoever holds it uses it alone; only {@link #close} may come from another thread. It speaks
 * RESP2 and commands that Redis 5 knows.
 */
public final class RedisConnection implements AutoCloseable {

  /** How long signing in may take; nobody waits for it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final SingleSocket socket;
  private final Connection jedis;
  private final Watchdog watchdog;

  private RedisConnection(SingleSocket socket, Watchdog watchdog) {
    this.socket = socket;
    this.jedis = new Connection(socket);
    this.watchdog = watchdog;
  }

  /**
   * Connects and signs in.
   *
   * @param attempt which of the addresses to take that the host's name has now
   */
  static RedisConnection open(RedisUri server, int attempt, Watchdog watchdog) throws RedisFailure {
    SingleSocket socket = new SingleSocket(server, attempt, (int) CONNECT_TIMEOUT.toMillis());
    RedisConnection connection = new RedisConnection(socket, watchdog);
    List<CommandArguments> greeting = new ArrayList<>();
    server
        .password()
        .ifPresent(
            password ->
                greeting.add(
                    server
                        .user()
                        .map(
                            user ->
                                call(Command.AUTH, user.getBytes(UTF_8), password.getBytes(UTF_8)))
                        .orElseGet(() -> call(Command.AUTH, password.getBytes(UTF_8)))));
    if (server.database() > 0) {
      greeting.add(call(Command.SELECT, String.valueOf(server.database()).getBytes(UTF_8)));
    }
    connection.within(
        CONNECT_TIMEOUT.toNanos(),
        () -> {
          connection.jedis.connect();
          return "";
        });
    List<Object> replies = connection.pipeline(greeting, CONNECT_TIMEOUT.toNanos());
    for (int i = 0; i < replies.size(); i++) {
      connection.require(greeting.get(i), replies.get(i));
    }
    // From here on the watchdog alone: the socket's own timeout would be one more timer for each
    // read, and starts again at every byte.
    connection.within(
        CONNECT_TIMEOUT.toNanos(),
        () -> {
          connection.jedis.setSoTimeout(0);
          return "";
        });
    return connection;
  }

  /**
   * The values of {@code names}, in their order: each a {@code byte[]}, or null where there is
   * none.
   */
  public List<?> values(byte[][] names, long nanos) throws RedisFailure {
    Object reply =
        within(
            nanos,
            () -> {
              jedis.sendCommand(Command.MGET, names);
              try {
                return jedis.getOne();
              } catch (JedisDataException e) {
                return e;
              }
            });
    if (reply instanceof JedisDataException refusal) {
      throw refused(Command.MGET, refusal);
    }
    if (!(reply instanceof List<?> values) || values.size() != names.length) {
      throw failed(new JedisConnectionException("not the reply to " + names.length + " keys"));
    }
    for (Object value : values) {
      if (value != null && !(value instanceof byte[])) {
        throw failed(new JedisConnectionException("a reply that holds no values"));
      }
    }
    return values;
  }

  /**
   * Sends all of {@code calls} before the first reply is read. An error reply is a reply, if it
   * speaks for its command; one that speaks for the connection is a failure.
   */
  public List<Object> pipeline(List<CommandArguments> calls, long nanos) throws RedisFailure {
    List<Object> replies =
        within(
            nanos,
            () -> {
              for (CommandArguments call : calls) {
                jedis.sendCommand(call);
              }
              return jedis.getMany(calls.size());
            });
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof JedisDataException refusal
          && ErrorReply.of(refusal).endsConnection()) {
        throw refused(command(calls.get(i)), refusal);
      }
    }
    return replies;
  }

  /**
   * The reply to {@code call}, if it is not an error: without this one the connection is of no use.
   */
  public @Nullable Object require(CommandArguments call, @Nullable Object reply)
      throws RedisFailure {
    if (reply instanceof JedisDataException refusal) {
      throw refused(command(call), refusal);
    }
    return reply;
  }

  /** A command for {@link #pipeline}. */
  public static CommandArguments call(Command command, byte[]... arguments) {
    CommandArguments call = new CommandArguments(command);
    for (byte[] argument : arguments) {
      call.add(argument);
    }
    return call;
  }

  @Override
  public void close() {
    socket.close();
  }

  private <T> T within(long nanos, Supplier<T> talk) throws RedisFailure {
    Watchdog.Watch watch = watchdog.enter(nanos, socket::close);
    T reply;
    try {
      reply = talk.get();
    } catch (RuntimeException | StackOverflowError e) { // the latter by arrays in arrays in arrays
      boolean late = !watchdog.left(watch) || e.getCause() instanceof SocketTimeoutException;
      throw late ? late(nanos, e) : failed(e);
    }
    if (!watchdog.left(watch)) {
      throw late(nanos, new JedisConnectionException("closed by the watchdog"));
    }
    return reply;
  }

  private RedisFailure late(long nanos, Throwable cause) {
    close();
    return new RedisFailure(
        Kind.TIMEOUT, "no whole answer within " + nanos / 1000 + " microseconds", cause);
  }

  /** Closes the connection, which {@code cause} shows to be of no use. */
  public RedisFailure failed(Throwable cause) {
    close();
    String message = String.valueOf(cause.getMessage());
    return new RedisFailure(Kind.of(ErrorReply.of(message)), ErrorReply.plain(message), cause);
  }

  /** Closes the connection: its server is a replica, as {@code why} says. */
  RedisFailure isReplica(String why) {
    close();
    return new RedisFailure(Kind.NOT_PRIMARY, why, new JedisConnectionException(why));
  }

  private RedisFailure refused(Command command, JedisDataException refusal) {
    close();
    return new RedisFailure(
        Kind.of(ErrorReply.of(refusal)), ErrorReply.text(command, refusal), refusal);
  }

  private static Command command(CommandArguments call) {
    return (Command) call.getCommand(); // as all that call makes
  }
}
