package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.testing.Await;
import io.papi.testing.RedisPair;
import io.papi.testing.RedisRows;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import io.papi.testing.proxy.FaultProxy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A Redis behind a host name, which leads to another server after a failover. */
@Timeout(180)
class RedisNameIT {
  private static final String NAME = "redis_primary";
  private static final String FIRST = "127.0.0.1";
  private static final String SECOND = "127.0.0.2";

  /** Half of the time for which the JDK would believe the old address. */
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path temporary;

  private final RedisPair pair = RedisPair.start().orElseGet(() -> abort("no Redis here"));
  private final FaultProxy first = FaultProxy.to(pair.primary().getPort());
  private final FaultProxy second = first.beside(SECOND, pair.replica().getPort());

  @AfterEach
  void stop() {
    first.close();
    second.close();
    pair.close();
  }

  @Test
  void delete_afterAFailover_isConfirmedByTheServerThatTheNameLeadsTo() throws IOException {
    Path hosts = temporary.resolve("hosts");
    lead(hosts, FIRST);
    Map<String, String> environment =
        Map.of("PAPI_REDIS", "redis://:pair@" + NAME + ":" + first.port());
    try (ServiceProcess service =
        ServiceProcess.start(temporary, environment, "-Djdk.net.hosts.file=" + hosts)
            .awaitServing()) {
      TestClient client = service.client();
      client.awaitRedis();
      client.get("/customer/42");
      RedisRows.awaitCustomer(pair.primary(), 42);

      pair.failOver();
      Await.until("it is degraded", () -> ready(client).contains("\"redis\":\"down\""));
      HttpResponse<String> tooEarly = client.admin("DELETE", "/cache/customer/42");
      assertThat(tooEarly.statusCode()).isEqualTo(202);
      assertThat(rows(pair)).isOne();

      lead(hosts, SECOND);
      Await.until("it is not degraded", SOON, () -> ready(client).contains("\"redis\":\"up\""));
      HttpResponse<String> confirmed = client.admin("DELETE", "/cache/customer/42");
      assertThat(confirmed.statusCode()).isEqualTo(200);
      assertThat(rows(pair)).isZero();
      assertThat(service.log())
          .contains("Redis at redis_primary:" + first.port() + " is in use")
          .contains("is by-passed until its name leads to a primary");
    }
  }

  private static void lead(Path hosts, String address) throws IOException {
    Files.writeString(hosts, address + " " + NAME + "\n127.0.0.1 localhost\n");
  }

  private static int rows(RedisPair pair) {
    try (Jedis jedis = new Jedis(pair.primary())) {
      return jedis.keys("papi:customer:*:42").size();
    }
  }

  private static String ready(TestClient client) {
    HttpResponse<String> answer = client.admin("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
