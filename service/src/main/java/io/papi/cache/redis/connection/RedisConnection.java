package io.papi.cache.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.cache.redis.connection.RedisFailure.Kind;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

  /** Connects and signs in. */
  static RedisConnection open(RedisSettings settings, Watchdog watchdog) throws RedisFailure {
    SingleSocket socket = new SingleSocket(settings, (int) CONNECT_TIMEOUT.toMillis());
    RedisConnection connection = new RedisConnection(socket, watchdog);
    List<CommandArguments> greeting = new ArrayList<>();
    settings
        .password()
        .ifPresent(
            password ->
                greeting.add(
                    settings
                        .user()
                        .map(
                            user ->
                                call(Command.AUTH, user.getBytes(UTF_8), password.getBytes(UTF_8)))
                        .orElseGet(() -> call(Command.AUTH, password.getBytes(UTF_8)))));
    if (settings.database() > 0) {
      greeting.add(call(Command.SELECT, String.valueOf(settings.database()).getBytes(UTF_8)));
    }
    greeting.add(call(Command.PING));
    for (Object reply : connection.pipeline(greeting, CONNECT_TIMEOUT.toNanos())) {
      if (reply instanceof JedisDataException refusal) {
        throw connection.failed(refusal);
      }
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
              return jedis.getOne();
            });
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

  /** Sends all of {@code calls} before the first reply is read; an error reply is a reply. */
  public List<Object> pipeline(List<CommandArguments> calls, long nanos) throws RedisFailure {
    return within(
        nanos,
        () -> {
          for (CommandArguments call : calls) {
            jedis.sendCommand(call);
          }
          return jedis.getMany(calls.size());
        });
  }

  /** Asks whether Redis is there. */
  public void ping(long nanos) throws RedisFailure {
    if (pipeline(List.of(call(Command.PING)), nanos).getFirst()
        instanceof JedisDataException refusal) {
      throw failed(refusal);
    }
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
    boolean refused =
        cause instanceof JedisDataException
            && (message.startsWith("WRONGPASS")
                || message.startsWith("NOAUTH")
                || message.startsWith("NOPERM")
                || message.startsWith("ERR invalid password")
                || message.startsWith("ERR AUTH")
                || message.startsWith("ERR Client sent AUTH"));
    return new RedisFailure(refused ? Kind.REFUSED : Kind.FAILED, message, cause);
  }
}
