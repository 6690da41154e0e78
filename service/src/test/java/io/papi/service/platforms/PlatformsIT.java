package io.papi.service.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each platform gets what it needs from a service with {@code examples/platforms.conf}. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformsIT {
  /** What a platform asks that would drop the message for an error. */
  private static final String ALWAYS = "?view=mail&unavailable=default";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;

  static Stream<Platform> platforms() {
    return Stream.of(
        new Braze(),
        new IterableFeed(),
        new MarketingCloud(),
        new JourneyOptimizer(),
        new CleverTap());
  }

  @BeforeAll
  void makeDatabase() {
    database = Customers.load(2_000);
  }

  @AfterAll
  void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void start() {
    snowflake = SnowflakeStandIn.start(database.dataSource());
    service = start("PAPI_FRESH_FOR", "1s", "PAPI_JITTER", "0");
  }

  @AfterEach
  void stop() throws Exception {
    snowflake.behave();
    snowflake.release();
    for (AutoCloseable part : opened.reversed()) {
      part.close();
    }
    opened.clear();
    snowflake.close();
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void knownCustomer_isGreetedByName(Platform platform) {
    Message message = platform.message(address(1885, ALWAYS));
    assertThat(message.isSent()).isTrue();
    assertThat(message.text()).isEqualTo("Hello Ernest");
    assertThat(platform.message(address(1885, "")).text()).isEqualTo("Hello Ernest");
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void unknownCustomer_isGreetedAsAFriend_inOneTry(Platform platform) {
    Message message = platform.message(address(9_999_999, ALWAYS));
    assertThat(message.isSent()).isTrue();
    assertThat(message.text()).isEqualTo("Hello friend");
    assertThat(message.calls()).isEqualTo(platform instanceof Braze ? 2 : 1);
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void storeDown_customerWithAStaleRow_isGreetedByName(Platform platform) {
    service.client().get("/customer/1885");
    snowflake.always(Fault.NOT_AN_ANSWER);
    awaitStale();
    Message message = platform.message(address(1885, ALWAYS));
    assertThat(message.isSent()).isTrue();
    assertThat(message.text()).isEqualTo("Hello Ernest");
    assertThat(message.slowest()).isLessThan(JourneyOptimizer.SLOW);
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void storeDown_otherCustomer_isGreetedAsAFriend(Platform platform) {
    snowflake.always(Fault.NOT_AN_ANSWER);
    Message message = platform.message(address(1885, ALWAYS));
    assertThat(message.isSent()).isTrue();
    assertThat(message.text()).isEqualTo("Hello friend");
    assertThat(message.calls()).isEqualTo(platform instanceof Braze ? 2 : 1);
  }

  /** Why the others need {@code unavailable=default}, and these may do without. */
  @Test
  void storeDown_withoutADefaultForThat_isWhatEachPlatformMakesOfAnError() {
    snowflake.always(Fault.NOT_AN_ANSWER);
    URI address = address(1885, "?view=mail");
    assertThat(new Braze().message(address)).matches(m -> !m.isSent() && m.calls() == 6);
    assertThat(new IterableFeed().message(address)).matches(m -> !m.isSent() && m.calls() == 1);
    assertThat(new MarketingCloud().message(address).text()).isEqualTo("Hello you");
    assertThat(new JourneyOptimizer().message(address).text()).isEqualTo("Hello you");
    assertThat(new CleverTap().message(address).text()).isEqualTo("Hello you");
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void storeSlow_isAnsweredInEachPlatformsTime(Platform platform) {
    platform.message(address(1885, ALWAYS));
    snowflake.always(Fault.HANG);
    awaitStale();
    assertThat(platform.message(address(1885, ALWAYS)).text()).isEqualTo("Hello Ernest");
    Message message = platform.message(address(1886, ALWAYS));
    assertThat(message.text()).isEqualTo("Hello friend");
    assertThat(message.calls()).isEqualTo(platform instanceof Braze ? 2 : 1);
    assertThat(message.slowest()).isLessThan(JourneyOptimizer.SLOW);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void adobe_whateverTheStoreDoes_isNeverSlow(Fault fault) {
    service.client().get("/customer/1885");
    snowflake.always(fault);
    for (int id = 100; id < 105; id++) {
      assertNotSlow(id);
    }
    awaitStale();
    assertNotSlow(1885);
  }

  @Test
  void adobe_redisIsSilent_isNeverSlow() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      service = start("PAPI_REDIS", "redis://127.0.0.1:" + silent.getLocalPort());
      snowflake.always(Fault.HANG);
      for (int id = 100; id < 105; id++) {
        assertNotSlow(id);
      }
    }
  }

  private void assertNotSlow(int id) {
    Message message = new JourneyOptimizer().message(address(id, ALWAYS));
    assertThat(message.isSent()).isTrue();
    assertThat(message.slowest()).isLessThan(JourneyOptimizer.SLOW);
  }

  private void awaitStale() {
    Await.until(
        "the row is stale",
        () ->
            service
                .client()
                .get("/customer/1885")
                .headers()
                .firstValue("Cache-Status")
                .filter(status -> status.contains("ttl=-"))
                .isPresent());
  }

  private URI address(int id, String query) {
    return URI.create(service.address() + "/customer/" + id + query);
  }

  private TestService start(String... more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_CONFIG", "examples/platforms.conf");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    TestService started = TestService.start(environment);
    opened.add(started);
    started.client().get("/customer/1");
    return started;
  }
}
