package io.papi.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.cache.redis.connection.TestConnection;
import io.papi.testing.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

@Timeout(60)
final class ServerWatchTest {
  private static final long NANOS = Duration.ofSeconds(10).toNanos();

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ServerWatch watch = new ServerWatch(ticker, meters);
  private final FakeRedis peer = new FakeRedis();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private TestConnection connection;

  ServerWatchTest() throws IOException {}

  @BeforeEach
  void open() {
    connection = TestConnection.open(peer.uri());
    tell(
        Map.of(
            "memory", "# Memory\r\nused_memory:1234\r\nused_memory_rss:99\r\nmaxmemory:4096\r\n",
            "stats", "# Stats\r\nevicted_keys:17\r\n",
            "replication", "# Replication\r\nrole:master\r\nconnected_slaves:0\r\n"));
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    peer.close();
  }

  @Test
  void look_told_isInTheMetrics() throws RedisFailure {
    look();

    assertThat(gauge("papi.redis.memory.used")).isEqualTo(1234);
    assertThat(gauge("papi.redis.memory.max")).isEqualTo(4096);
    assertThat(meters.get("papi.redis.evicted").functionCounter().count()).isEqualTo(17);
    assertThat(role("primary")).isEqualTo(1);
    assertThat(role("replica")).isZero();
    assertThat(role("unknown")).isZero();
  }

  @Test
  void look_demoted_isAReplica() throws RedisFailure {
    look();
    tell(Map.of("memory", "", "stats", "", "replication", "role:slave\r\n"));
    ticker.advance(Duration.ofSeconds(5));
    look();

    assertThat(role("primary")).isZero();
    assertThat(role("replica")).isEqualTo(1);
  }

  @Test
  void look_again_asksEveryFiveSeconds() throws RedisFailure {
    for (int second = 0; second <= 10; second++) {
      look();
      ticker.advance(Duration.ofSeconds(1));
    }

    assertThat(asked).hasSize(3 * 3).startsWith("memory", "stats", "replication");
  }

  @Test
  void look_refused_isNotKnown_andAskedEverMoreSeldom_andTheConnectionStays() throws RedisFailure {
    peer.onPing =
        (command, output) -> {
          asked.add("refused");
          FakeRedis.write(output, "-NOPERM this user has no permissions to run 'info'\r\n");
        };
    for (int second = 0; second < 600; second++) {
      look();
      ticker.advance(Duration.ofSeconds(1));
    }

    // at 0, 10, 30, 70, 150, 310 seconds, in three sections
    assertThat(asked).hasSize(6 * 3);
    assertUnknown();
    peer.onPing = peer::honestly;
    connection.get().pipeline(List.of(RedisConnection.call(Command.PING)), NANOS);
  }

  @Test
  void look_numbersThatAreNone_areNotKnown() throws RedisFailure {
    tell(
        Map.of(
            "memory", "used_memory:many\r\nmaxmemory:99999999999999999999\r\n",
            "stats", "evicted_keys\r\n:7\r\n",
            "replication", "role:sentinel\r\n"));
    look();

    assertUnknown();
  }

  @Test
  void look_notForAWhile_isNotKnownAnyMore() throws RedisFailure {
    look();
    ticker.advance(Duration.ofSeconds(15));

    assertUnknown();
  }

  @Test
  void look_connectionEnds_isAFailureAndNotAskedAtOnceOnTheNext() throws RedisFailure {
    peer.onPing =
        (command, output) -> {
          asked.add("closed");
          output.close();
        };
    assertThatThrownBy(this::look).isInstanceOf(RedisFailure.class);
    peer.onPing = peer::honestly;
    connection.close();
    connection = TestConnection.open(peer.uri());
    ticker.advance(Duration.ofSeconds(9));
    look();

    assertThat(asked).containsExactly("closed");
    assertUnknown();
  }

  private void look() throws RedisFailure {
    watch.look(connection.get());
  }

  /** Has the server answer {@code INFO} by section. */
  private void tell(Map<String, String> sections) {
    peer.onInfo =
        section -> {
          asked.add(section);
          return sections.getOrDefault(section, "");
        };
  }

  private void assertUnknown() {
    assertThat(gauge("papi.redis.memory.used")).isNaN();
    assertThat(gauge("papi.redis.memory.max")).isNaN();
    assertThat(meters.get("papi.redis.evicted").functionCounter().count()).isNaN();
    assertThat(role("unknown")).isEqualTo(1);
    assertThat(role("primary")).isZero();
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private double role(String role) {
    return meters.get("papi.redis.role").tag("role", role).gauge().value();
  }
}
