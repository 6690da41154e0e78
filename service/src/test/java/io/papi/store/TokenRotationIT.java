package io.papi.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Ticker;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.store.snowflake.SignIn;
import io.papi.store.snowflake.SnowflakeDataSource;
import io.papi.store.snowflake.SnowflakeSettings;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The container service's token file, rewritten under load while old tokens are refused. */
@Timeout(120)
class TokenRotationIT {
  private static final int ROTATIONS = 20;
  private static final int CONNECTIONS = 4;

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;

  @Test
  void find_whileTokensRotate_neverFails() throws Exception {
    Path file = directory.resolve("token");
    rotate(file, "token-0");
    try (EmbeddedStore database = Customers.load(100);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
        ConnectionPool pool =
            new ConnectionPool(
                source(snowflake, file),
                new StoreSettings(CONNECTIONS, 128, Duration.ofSeconds(1)),
                meters);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      acceptOnly(snowflake, "token-0");
      Await.until(
          "the pool is full",
          () -> meters.get("hikaricp.connections").gauge().value() == CONNECTIONS);
      SqlStore store = new SqlStore(dataset(), pool.dataSource(), 128, meters, ticker);
      AtomicBoolean stopped = new AtomicBoolean();
      AtomicInteger found = new AtomicInteger();
      Queue<Outcome> failed = new ConcurrentLinkedQueue<>();
      // One fewer than connections: an evicted one must be replaced while the others work.
      for (int caller = 1; caller < CONNECTIONS; caller++) {
        Key key = new Key(String.valueOf(caller));
        callers.execute(
            () -> {
              while (!stopped.get()) {
                Outcome outcome = requireNonNull(store.load(Set.of(key)).get(key));
                if (outcome instanceof Found) {
                  found.incrementAndGet();
                } else {
                  failed.add(outcome);
                }
              }
            });
      }
      for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
        String token = "token-" + rotation;
        acceptOnly(snowflake, token);
        rotate(file, token);
        int before = found.get();
        // What the end of their lifetime does to connections every half hour.
        pool.dataSource()
            .unwrap(HikariDataSource.class)
            .getHikariPoolMXBean()
            .softEvictConnections();
        Await.until("a session by " + token, () -> signedIn(snowflake).contains(token));
        Await.until("loads go on", () -> found.get() > before + 10);
      }
      stopped.set(true);
      assertThat(failed).isEmpty();
      assertThat(signedIn(snowflake)).contains("token-" + ROTATIONS);
    }
  }

  private static void acceptOnly(SnowflakeStandIn snowflake, String token) {
    snowflake.acceptOnly(signIn -> signIn.path("TOKEN").asString().equals(token));
  }

  private static List<String> signedIn(SnowflakeStandIn snowflake) {
    List<String> tokens = new ArrayList<>();
    snowflake.signIns().forEach(signIn -> tokens.add(signIn.path("TOKEN").asString()));
    return tokens;
  }

  /** Replaces the file in one step, as the container service does. */
  private void rotate(Path file, String token) throws Exception {
    Path next = directory.resolve("next");
    Files.writeString(next, token + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Dataset dataset() {
    Duration hour = Duration.ofHours(1);
    return new Dataset(
        "customer",
        "API.DATA.HYBRID_CUSTOMER",
        "C_CUSTOMER_SK",
        new KeyType.Whole(38),
        List.of("C_CUSTOMER_SK", "C_FIRST_NAME"),
        false,
        1,
        new Freshness(hour, hour, hour, hour, 0));
  }

  private static SnowflakeDataSource source(SnowflakeStandIn snowflake, Path token) {
    return new SnowflakeDataSource(
        new SnowflakeSettings(
            "standin",
            URI.create("http://127.0.0.1:" + snowflake.port()),
            new SnowflakeSettings.Context("API", "DATA", Optional.empty(), Optional.empty()),
            new SignIn.SessionToken(token, "API"),
            Duration.ofMillis(1_500)),
        new SimpleMeterRegistry());
  }
}
