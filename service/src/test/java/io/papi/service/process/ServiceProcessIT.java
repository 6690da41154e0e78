package io.papi.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The packaged service as a process of its own: its end, its sudden end, its refusals. */
@Timeout(120)
class ServiceProcessIT {
  private static final Pattern REDIS_PROCESS =
      Pattern.compile("embedded Redis on .* process (\\d+)");

  private static final String WITH_A_DATE =
      "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\.[0-9]{3} (INFO |WARN ) .*";

  private static final int SIGTERM_STATUS = 128 + 15;

  /** A start with an embedded Redis that waits for its store. */
  private static final Map<String, String> UNREACHABLE_STORE =
      Map.of(
          "PAPI_STORE", "snowflake",
          "SNOWFLAKE_ACCOUNT", "nobody",
          "SNOWFLAKE_HOST", "127.0.0.1",
          "SNOWFLAKE_PORT", "1",
          "SNOWFLAKE_PROTOCOL", "http",
          "SNOWFLAKE_USER", "papi",
          "SNOWFLAKE_PASSWORD", "secret",
          "PAPI_START_WAIT", "10m",
          "PAPI_REDIS", "embedded");

  @TempDir private Path temporary;

  private final List<ServiceProcess> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(ServiceProcess::close);
  }

  @Test
  void kill9_thenASecondStart_servesAndLeavesNoOldRedis() throws Exception {
    ServiceProcess first = serve();
    ProcessHandle oldRedis = redis(first);
    first.process().destroyForcibly().waitFor();
    ServiceProcess second = serve();
    assertThat(second.client().get("/customer/7").statusCode()).isEqualTo(200);
    Await.until("the old Redis is gone", () -> !oldRedis.isAlive());
    assertThat(redis(second).isAlive()).isTrue();
  }

  @Test
  void sigterm_endsInTimeWithItsRedis() throws Exception {
    ServiceProcess served = serve();
    ProcessHandle redis = redis(served);
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    Await.until("Redis is gone", () -> !redis.isAlive());
    assertThat(served.log()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  @Test
  void sigterm_whileTheEmbeddedStoreLoads_endsAtOnceAndQuietly() throws Exception {
    // The account makes it log a line before it loads.
    ServiceProcess starting =
        start(Map.of("PAPI_ROWS", "5000000", "SNOWFLAKE_ACCOUNT", "a", "PAPI_REDIS", "embedded"));
    Await.until("it loads", () -> starting.log().contains("the store is the embedded one"));
    assertEndsQuietly(starting);
  }

  /** As soon as it has a child: in the middle of spawning it. */
  @RepeatedTest(3)
  void sigterm_whileRedisStarts_leavesNoRedis() throws Exception {
    ServiceProcess starting = start(UNREACHABLE_STORE);
    Await.until(
        "it has a child",
        () ->
            starting.process().children().findAny().isPresent()
                || starting.log().contains("no embedded Redis here"));
    assumeTrue(!starting.log().contains("no embedded Redis here"), "no embedded Redis here");
    assertEndsQuietly(starting);
  }

  @Test
  void sigterm_whileItWaitsForTheStore_leavesNoRedis() throws Exception {
    ServiceProcess starting = start(UNREACHABLE_STORE);
    Await.until("it waits for the store", () -> starting.log().contains("/customer: "));
    redis(starting);
    assertEndsQuietly(starting);
  }

  /** Ends by the signal, in time, with all that it had opened, and logs no failure. */
  private void assertEndsQuietly(ServiceProcess starting) throws Exception {
    starting.process().destroy();
    assertThat(starting.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(starting.process().exitValue()).isEqualTo(SIGTERM_STATUS);
    assertThat(ProcessHandle.allProcesses().filter(this::isOurs)).isEmpty();
    assertThat(starting.log())
        .doesNotContain("ERROR")
        .doesNotContain("Exception:")
        .doesNotContain("\tat ")
        .doesNotContain("no embedded Redis")
        .doesNotContain("serving on port");
    assertThat(filesOfRedis()).isEmpty();
  }

  private List<Path> filesOfRedis() throws IOException {
    try (Stream<Path> left = Files.walk(temporary)) {
      return left.filter(file -> file.toString().contains("redis-server")).toList();
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return process.info().command().filter(path -> path.startsWith(real(temporary))).isPresent();
  }

  private static String real(Path path) {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sigterm_isInTheLog_withADate() throws Exception {
    ServiceProcess served = serve(Map.of("PAPI_REDIS", "off"));
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(served.log().lines())
        .allSatisfy(line -> assertThat(line).matches(WITH_A_DATE))
        .anySatisfy(line -> assertThat(line).contains("asked to end: not ready from now on"))
        .anySatisfy(line -> assertThat(line).contains("all requests have been answered"));
  }

  @Test
  void sigterm_idleWithOpenConnections_endsWithinASecond() throws Exception {
    ServiceProcess served = serve(Map.of("PAPI_REDIS", "off"));
    assertThat(served.client().get("/customer/7").statusCode()).isEqualTo(200);
    assertThat(served.client().admin("/health/ready").statusCode()).isEqualTo(200);
    try (RawConnection _ = served.client().connect();
        RawConnection _ = served.client().connectToAdmin()) {
      long began = System.nanoTime();
      served.process().destroy();
      assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void parentKilled_endsWithIt_andLeavesNoRedis() throws Exception {
    ServiceProcess parent = ServiceProcess.startAsAChild(temporary, Map.of());
    started.add(parent);
    parent.awaitServing();
    ProcessHandle service = parent.process().children().findFirst().orElseThrow();
    try {
      ProcessHandle redis = redis(parent);
      parent.process().destroyForcibly().waitFor();
      Await.until("the service has ended", () -> !service.isAlive());
      assertThat(parent.log()).contains("what started this process has ended");
      assertThat(redis.isAlive()).isFalse();
    } finally {
      service.destroyForcibly();
    }
  }

  /**
   * Without a drain delay. Who connects anew is turned away by the system, once nothing is accepted
   * any more; whoever was connected is answered, and told that it was the last answer.
   *
   * <p>The system turns away by a reset those who connect between the last that is accepted and the
   * end of the port, for whom nobody has read a byte: none who has been answered before is among
   * them.
   */
  @RepeatedTest(5)
  void sigtermUnderLoad_withoutDrainDelay_answersAllThatWasAccepted() throws Exception {
    ServiceProcess served = serve(Map.of("PAPI_DRAIN_DELAY", "0s", "PAPI_REDIS", "off"));
    AtomicInteger answered = new AtomicInteger();
    AtomicBoolean ending = new AtomicBoolean();
    List<FutureTask<String>> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      boolean keeps = i % 2 == 0;
      callers.add(
          new FutureTask<>(() -> askUntilRefused(served.client(), keeps, answered, ending::get)));
    }
    callers.forEach(caller -> Thread.ofVirtual().start(caller));
    Await.until("there is load", () -> answered.get() > 500);
    ending.set(true);
    served.process().destroy();
    for (FutureTask<String> caller : callers) {
      assertThat(caller.get()).isEqualTo("refused");
    }
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(served.log()).contains("all requests have been answered");
  }

  /**
   * Asks on and on, each time by a new connection unless it {@code keeps} one, until none is to be
   * had; or what went wrong with one that was.
   */
  private static String askUntilRefused(
      TestClient client, boolean keeps, AtomicInteger answered, BooleanSupplier ending) {
    while (true) {
      RawConnection connection;
      try {
        connection = client.connect();
      } catch (UncheckedIOException e) {
        return "refused";
      }
      boolean isKnown = false;
      try (connection) {
        boolean last = !keeps;
        do {
          connection.send("GET /customer/7 HTTP/1.1\r\nHost: papi\r\n\r\n");
          String answer = connection.readAnswer();
          if (!answer.startsWith("HTTP/1.1 200 ")) {
            return "cut: " + answer;
          }
          answered.incrementAndGet();
          isKnown = true;
          last |= answer.contains("Connection: close");
        } while (!last);
      } catch (UncheckedIOException e) {
        return isKnown || !ending.getAsBoolean() ? "cut: " + e : "refused";
      }
    }
  }

  @Test
  void sigtermUnderLoad_alsoOfTheStore_drainsWithoutAFailedRequest() throws Exception {
    // the default tables: the database of those that the build has filled is of another kind
    ServiceProcess served =
        serve(
            Map.of(
                "PAPI_ROWS", "10000",
                "PAPI_DATASETS_PRODUCT_ENABLED", "true",
                "PAPI_DATASETS_STORE_ENABLED", "true",
                "PAPI_DRAIN_DELAY", "2s",
                "PAPI_REDIS", "off"));
    assertThat(served.log()).contains("as the build has filled them");
    AtomicBoolean draining = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    Thread load =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!draining.get()) {
                      try (TestClient newcomer = served.newClient()) {
                        assertThat(
                                newcomer
                                    .get("/customer/" + (1 + answered.get() % 10_000))
                                    .statusCode())
                            .isEqualTo(200);
                      }
                      answered.incrementAndGet();
                    }
                  } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                  }
                });
    Await.until("some answers", () -> answered.get() > 20);
    served.process().destroy();
    Await.until(
        "it says that it is not ready",
        () -> served.client().admin("/health/ready").statusCode() == 503);
    int before = answered.get();
    Await.until("it still answers", () -> answered.get() > before + 20);
    assertThat(served.client().get("/customer/8").headers().firstValue("Connection"))
        .contains("close");
    draining.set(true);
    load.join();
    assertThat(failures).isEmpty();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sigterm_requestInFlight_isAnswered() throws Exception {
    ServiceProcess served =
        serve(
            Map.of(
                "PAPI_EMBEDDED_LATENCY_P50", "1s",
                "PAPI_EMBEDDED_LATENCY_P99", "1s",
                "PAPI_DEADLINE", "10s",
                "PAPI_REDIS", "off"));
    FutureTask<HttpResponse<String>> inFlight =
        new FutureTask<>(() -> served.client().get("/customer/7"));
    Thread.ofVirtual().start(inFlight);
    Await.until("it waits", () -> served.client().metric("papi_inflight") == 1);
    served.process().destroy();
    assertThat(inFlight.get().statusCode()).isEqualTo(200);
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void unknownVariable_refusesToStartAndNamesIt() throws Exception {
    assertThat(refusal(Map.of("PAPI_PROT", "8001")))
        .contains("refusing to start: PAPI_PROT is no key of this service");
  }

  @Test
  void serviceLinksOfKubernetes_areIgnoredWithOneLine() throws Exception {
    ServiceProcess served =
        serve(
            Map.of(
                "PAPI_SERVICE_HOST", "10.96.0.12",
                "PAPI_SERVICE_PORT", "8001",
                "PAPI_PORT_8001_TCP", "tcp://10.96.0.12:8001",
                "SNOWFLAKE_PORT", "tcp://10.96.0.14:443",
                "PAPI_REDIS", "off"));
    assertThat(served.log().lines().filter(line -> line.contains("Kubernetes")))
        .singleElement()
        .asString()
        .endsWith("PAPI_PORT_8001_TCP, PAPI_SERVICE_HOST, PAPI_SERVICE_PORT, SNOWFLAKE_PORT");
  }

  @Test
  void missingColumn_refusesToStartAndNamesIt() throws Exception {
    assertThat(refusal(Map.of("PAPI_DATASETS_CUSTOMER_COLUMNS", "C_CUSTOMER_SK,C_NOPE")))
        .contains(
            "refusing to start: dataset customer: table API.DATA.HYBRID_CUSTOMER has no column"
                + " C_NOPE");
  }

  @Test
  void badCsvLine_refusesToStartAndNamesIt() throws Exception {
    Path csv = Files.writeString(temporary.resolve("tea.csv"), "id,name\n1,Sencha\n2,sesame,x\n");
    Path file =
        Files.writeString(
            temporary.resolve("papi.conf"),
            "embedded-tables.tea.from = tea.csv\ndatasets.tea { table = tea, key = id }\n");
    assertThat(refusal(Map.of("PAPI_CONFIG", file.toString())))
        .contains("refusing to start: " + csv + ":3: 3 values for 2 columns")
        .doesNotContain("sesame")
        .doesNotContain("\tat ");
  }

  /** Redis starts while the store loads, and has long started when that has ended. */
  @Test
  void badCsvLine_leavesNoRedis() throws Exception {
    Files.writeString(temporary.resolve("tea.csv"), "id,name\n1,Sencha\n2,sesame,x\n");
    Path file =
        Files.writeString(
            temporary.resolve("papi.conf"),
            "embedded-tables.tea.from = tea.csv\ndatasets.tea { table = tea, key = id }\n");
    String log = refusal(Map.of("PAPI_CONFIG", file.toString(), "PAPI_REDIS", "embedded"));
    assumeTrue(!log.contains("no embedded Redis here"), "no embedded Redis here");
    assertThat(log).contains("embedded Redis on port").doesNotContain("starts again");
    assertThat(ProcessHandle.allProcesses().filter(this::isOurs)).isEmpty();
    assertThat(filesOfRedis()).isEmpty();
  }

  @Test
  void logAsJson_isALineForEachEventWithoutSecretsOrStackTraces() throws Exception {
    ServiceProcess served =
        serve(Map.of("PAPI_LOG_FORMAT", "json", "PAPI_REDIS", "redis://:s3cret@127.0.0.1:1"));
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(served.log()).contains("127.0.0.1:1").doesNotContain("s3cret");
    assertThat(served.log().lines()).allSatisfy(ServiceProcessIT::assertIsAnEvent);
  }

  @Test
  void logAsJsonByTheFile_isJsonOnceTheFileHasBeenRead() throws Exception {
    Path file = Files.writeString(temporary.resolve("papi.conf"), "log-format = json");
    ServiceProcess served = serve(Map.of("PAPI_CONFIG", file.toString(), "PAPI_REDIS", "off"));
    assertThat(served.log().lines()).allSatisfy(ServiceProcessIT::assertIsAnEvent);
  }

  @Test
  void accessLog_ofEveryRequest_namesTheRouteAndNeverTheIds() throws Exception {
    ServiceProcess served =
        serve(
            Map.of("PAPI_LOG_FORMAT", "json", "PAPI_ACCESS_LOG_SAMPLE", "1", "PAPI_REDIS", "off"));
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String parent = "00-" + trace + "-00f067aa0ba902b7-01";
    served.client().get("/customer/987654,987655", "X-Request-Id", "r1", "traceparent", parent);
    served.client().get("/customer/0987656", "X-Request-Id", "r2");
    Await.until("both have a line", () -> served.log().contains("request r2"));
    assertThat(served.log()).doesNotContain("98765");
    JsonNode attributes =
        served
            .log()
            .lines()
            .filter(line -> line.contains("request r1"))
            .map(line -> new ObjectMapper().readTree(line).get("attributes"))
            .findFirst()
            .orElseThrow();
    assertThat(attributes.get("http.route").stringValue()).isEqualTo("/customer/{ids}");
    assertThat(attributes.get("http.request.method").stringValue()).isEqualTo("GET");
    assertThat(attributes.get("http.response.status_code").asString()).isEqualTo("200");
    assertThat(attributes.get("request_id").stringValue()).isEqualTo("r1");
    assertThat(attributes.get("trace_id").stringValue()).isEqualTo(trace);
    assertThat(attributes.has("duration_ms")).isTrue();
  }

  @Test
  void accessLog_byDefault_isEmpty() throws Exception {
    ServiceProcess served = serve(Map.of("PAPI_REDIS", "off"));
    served.client().get("/customer/7", "X-Request-Id", "r1");
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(served.log()).doesNotContain("request r1");
  }

  private static void assertIsAnEvent(String line) {
    JsonNode event = new ObjectMapper().readTree(line);
    assertThat(event.propertyNames())
        .containsExactlyInAnyOrder("severity_text", "body", "attributes");
    assertThat(event.get("severity_text").stringValue()).isIn("INFO", "WARN");
    assertThat(event.get("body").stringValue()).isNotEmpty();
    assertThat(event.get("attributes").propertyNames())
        .containsExactlyInAnyOrder("time", "logger", "thread.name");
  }

  private String refusal(Map<String, String> environment) throws Exception {
    ServiceProcess process = start(environment);
    assertThat(process.awaitExit()).isEqualTo(1);
    assertThat(process.log()).doesNotContain("\tat ");
    return process.log();
  }

  private ServiceProcess serve() {
    return serve(Map.of());
  }

  private ServiceProcess serve(Map<String, String> environment) {
    return start(environment).awaitServing();
  }

  private ServiceProcess start(Map<String, String> environment) {
    ServiceProcess process = ServiceProcess.start(temporary, environment);
    started.add(process);
    return process;
  }

  /** The process of its embedded Redis; the test is skipped where there is none. */
  private static ProcessHandle redis(ServiceProcess served) {
    Matcher line = REDIS_PROCESS.matcher(served.log());
    assumeTrue(line.find(), "no embedded Redis here");
    return ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow();
  }
}
