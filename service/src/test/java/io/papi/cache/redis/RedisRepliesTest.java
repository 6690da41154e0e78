package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.CapturedLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each error reply does to reads, to writes, and to what readiness says. */
@Timeout(60)
final class RedisRepliesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] NAME = "papi:customer:0:1".getBytes(UTF_8);

  /** Those that a server refuses which does not write: all that may change something. */
  private static final Set<String> WRITING =
      Set.of("SET", "DEL", "HSET", "HINCRBY", "PEXPIRE", "PING");

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeRedis peer = new FakeRedis();
  private final Redis redis;
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);

  /** Redis lets nobody in until a test says what it answers. */
  RedisRepliesTest() throws IOException {
    peer.onPing = (_, output) -> say(output, "LOADING not yet");
    redis = new Redis(RedisSettings.of(peer.uri(), Duration.ofSeconds(2), 100), ticker, registry);
  }

  @AfterEach
  void close() throws IOException {
    redis.close();
    peer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to",
        "NOREPLICAS Not enough good replicas to write.",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "NOPERM this user has no permissions to run the command",
        "ERR unknown command"
      })
  void replyOfWrites_leavesReadsAlone(String reply) {
    letGo();
    Await.until("Redis is used", redis::isReachable);
    keep();
    int connections = peer.connections.get();
    refuse(WRITING, reply);
    redis.keep("papi:customer:0:2".getBytes(UTF_8), one(), lifetime);
    Await.until("the write fails", () -> timed("write", "failed") > 0);
    double checked = timed("ping", "ok");
    Await.until("signs of life were asked for", () -> timed("ping", "ok") > checked + 2);

    assertThat(redis.isReachable()).isTrue();
    assertThat(isHeld()).isTrue();
    assertThat(peer.connections).hasValue(connections);

    assertThat(redis.invalidate(NAME)).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(isHeld()).isTrue();
    letGo();
    Await.until("it is deleted as well", peer.values::isEmpty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to",
        "NOREPLICAS Not enough good replicas to write."
      })
  void replyOfWrites_atTheStart_opensForReads(String reply) {
    refuse(WRITING, reply);

    Await.until("Redis is used", redis::isReachable);
    assertThat(read()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READONLY You can't write against a read only replica.",
        "NOWRITE You can't write against a non-write redis."
      })
  void replyOfAReplica_byPassesIt_andKeepsWhatIsToBeDeleted(String reply) {
    letGo();
    Await.until("Redis is used", redis::isReachable);
    keep();
    refuse(WRITING, reply);
    Await.until("both leave it", () -> !redis.isReachable() && read().isEmpty());
    CompletableFuture<Boolean> gone = redis.invalidate(NAME);

    assertThat(redis.isReachable()).isFalse();
    assertThat(gone).isNotDone();
    letGo();
    assertThat(gone).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(peer.values).isEmpty();
  }

  /** Between two looks at the server, an invalidation is the first to be told. */
  @Test
  void invalidate_isTheFirstToMeetAReplica_isDoneOnTheNextConnection() {
    letGo();
    Await.until("Redis is used", redis::isReachable);
    keep();
    peer.onWrite =
        (command, output) -> {
          peer.onWrite = peer::honestly;
          FakeRedis.write(output, "-READONLY You can't write against a read only replica.\r\n");
        };

    assertThat(redis.invalidate(NAME)).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(peer.values).isEmpty();
  }

  /** One that takes writes of its own, and loses them when it follows its primary again. */
  @Test
  void replicaThatTakesWrites_isByPassedToo() {
    letGo();
    Await.until("Redis is used", redis::isReachable);
    try (CapturedLog log = CapturedLog.open()) {
      peer.role = "slave";
      Await.until("both leave it", () -> hasLeft(log, "read") && hasLeft(log, "write"));
    }
    assertThat(redis.invalidate(NAME)).isNotDone();
    peer.role = "master";
    Await.until("Redis is used again", redis::isReachable);
  }

  /** Whether the connection that reads or writes has gone; none is opened to a replica. */
  private static boolean hasLeft(CapturedLog log, String purpose) {
    return log.lines("redis-" + purpose).stream().anyMatch(line -> line.contains("by-passed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL",
        "NOAUTH Authentication required.",
        "CLUSTERDOWN Hash slot not served",
        "MOVED 3999 127.0.0.1:6381",
        "UNBLOCKED force unblock from blocking operation"
      })
  void replyOfTheServer_byPassesIt_andTheNextConnectionIsUsed(String reply) {
    letGo();
    Await.until("Redis is used", redis::isReachable);
    keep();
    peer.onRead = peer.onWrite = peer.onPing = (_, output) -> say(output, reply);
    Await.until("both leave it", () -> !redis.isReachable() && read().isEmpty());
    assertThat(redis.invalidate(NAME)).isNotDone();

    letGo();
    Await.until("it is used again, and deleted there", peer.values::isEmpty);
    Await.until("Redis is used again", redis::isReachable);
  }

  /** It was signed in, so the connection would go on; but nothing it says is meant for us. */
  @ParameterizedTest
  @ValueSource(strings = {"+OK\r\n", ":1\r\n", "*0\r\n", "*-1\r\n", "HTTP/1.1 400 Bad Request\r\n"})
  void replyOfSomethingElse_isNeverInUse(String nonsense) {
    peer.onRead = peer.onWrite = peer.onPing = (_, output) -> FakeRedis.write(output, nonsense);
    Await.until("it was tried", () -> timed("ping", "failed") > 5);

    assertThat(redis.isReachable()).isFalse();
    assertThat(read()).isEmpty();
  }

  private void refuse(Set<String> commands, String reply) {
    FakeRedis.Script refusing =
        (command, output) -> {
          if (commands.contains(text(command))) {
            say(output, reply);
          } else {
            peer.honestly(command, output);
          }
        };
    peer.onWrite = refusing;
    peer.onPing = refusing;
  }

  private void letGo() {
    peer.onRead = peer.onWrite = peer.onPing = peer::honestly;
  }

  private void keep() {
    redis.keep(NAME, one(), lifetime);
    Await.until("it is written", () -> !peer.values.isEmpty());
  }

  private boolean isHeld() {
    return read().map(held -> held.outcomes().getFirst().isPresent()).orElse(false);
  }

  private Optional<RedisRows.Held> read() {
    return redis.read(
        new byte[][] {NAME}, lifetime, Deadline.after(Duration.ofSeconds(5), ticker.nanos()));
  }

  private Found one() {
    return new Found(row("one"), ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  private double timed(String op, String outcome) {
    return registry.get("papi.redis").tag("op", op).tag("outcome", outcome).timer().count();
  }

  private static void say(OutputStream output, String reply) throws IOException {
    FakeRedis.write(output, "-" + reply + "\r\n");
  }

  private static String text(List<byte[]> command) {
    return new String(command.getFirst(), UTF_8);
  }
}
