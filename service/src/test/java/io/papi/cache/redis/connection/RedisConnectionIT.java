package io.papi.cache.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.connection.RedisFailure.Kind;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** What a real Redis says to one that it does not serve, and what is made of it. */
@Timeout(60)
final class RedisConnectionIT {
  private static final long NANOS = Duration.ofSeconds(5).toNanos();

  private final EmbeddedRedis server =
      EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
  private final Watchdog watchdog = new Watchdog("test", Ticker.system());
  private final Jedis operator = new Jedis(server.uri());

  @AfterEach
  void close() {
    operator.close();
    watchdog.close();
    server.close();
  }

  @Test
  void open_signedIn_isThePrimary() throws RedisFailure {
    try (RedisConnection connection = open(server.uri())) {
      PrimaryCheck.ofReads(connection, NANOS);
    }
  }

  @Test
  void open_wrongPassword_isNotLetIn() {
    RedisFailure failure = failure(uri(":wrong@", ""));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LET_IN);
    assertThat(failure).hasMessageStartingWith("AUTH: WRONGPASS");
  }

  @Test
  void open_noPassword_isNotLetIn() {
    RedisFailure failure = failure(uri("", ""));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LET_IN);
    assertThat(failure).hasMessageContaining("NOAUTH");
  }

  @Test
  void open_passwordWhereNoneIsSet_isNotLetIn() {
    operator.configSet("requirepass", "");
    RedisFailure failure = failure(uri(":s3cret@", ""));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LET_IN);
    assertThat(failure).hasMessageNotContaining("s3cret");
  }

  @Test
  void open_noSuchDatabase_saysSo() {
    RedisFailure failure = failure(URI.create(server.uri() + "/3"));

    assertThat(failure).hasMessageContaining("SELECT: ERR DB index is out of range");
  }

  @Test
  void open_tooManyClients_saysSo() {
    operator.configSet("maxclients", "1");
    RedisFailure failure = failure(server.uri());

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure).hasMessageContaining("max number of clients reached");
  }

  @ParameterizedTest
  @CsvSource({"-mget, the right to MGET (ACL: +mget ~papi:*)", "-select, the right to SELECT"})
  void open_rightIsMissing_isNamed(String right, String named) {
    operator.aclSetUser("papi", "on", ">pw", "~papi:*", "+@all", right);
    RedisFailure failure = failure(uri("papi:pw@", right.equals("-select") ? "/1" : ""));

    assertThat(failure.kind()).isEqualTo(Kind.NO_RIGHT);
    assertThat(failure).hasMessageContaining(named);
  }

  @Test
  void open_keysOfOthersOnly_namesTheRightKeys() {
    operator.aclSetUser("papi", "on", ">pw", "~other:*", "+@all");

    assertThat(failure(uri("papi:pw@", ""))).hasMessageContaining("~papi:*");
  }

  /** It may read, and does; nothing is written, which is counted. */
  @Test
  void open_userThatMayOnlyReadAndNotAskForTheRole_isLetIn() throws RedisFailure {
    operator.aclSetUser("papi", "on", ">pw", "~papi:*", "+mget", "+select");
    try (RedisConnection connection = open(uri("papi:pw@", ""))) {
      PrimaryCheck.ofReads(connection, NANOS);
    }
  }

  @Test
  void open_scriptRuns_saysSo() {
    operator.configSet("lua-time-limit", "1");
    Thread script =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Jedis other = new Jedis(server.uri(), 30_000)) {
                    other.eval("while true do end");
                  } catch (JedisException e) {
                    // it was ended
                  }
                });
    Await.until("it is busy", () -> saysBusy());
    try {
      assertThat(failure(server.uri())).hasMessageContaining("BUSY");
    } finally {
      operator.scriptKill();
      Await.until("it has ended", () -> !script.isAlive());
    }
  }

  private boolean saysBusy() {
    try (Jedis jedis = new Jedis(server.uri(), 30_000)) {
      jedis.get("papi:clock");
      return false;
    } catch (JedisException e) {
      return true;
    }
  }

  private RedisFailure failure(URI uri) {
    return catchThrowableOfType(
        RedisFailure.class,
        () -> {
          try (RedisConnection connection = open(uri)) {
            PrimaryCheck.ofReads(connection, NANOS);
          }
        });
  }

  private RedisConnection open(URI uri) throws RedisFailure {
    return RedisConnection.open(RedisUri.of(uri), 0, watchdog);
  }

  private URI uri(String signIn, String database) {
    return URI.create("redis://" + signIn + "127.0.0.1:" + server.uri().getPort() + database);
  }
}
