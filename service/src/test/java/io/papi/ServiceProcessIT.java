package io.papi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.papi.testing.Await;
import io.papi.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The packaged service as a process of its own: its end, its sudden end, its refusals. */
@Timeout(120)
class ServiceProcessIT {
  private static final Path TARGET = Path.of("target");
  private static final Pattern REDIS_PROCESS =
      Pattern.compile("embedded Redis on .* process (\\d+)");

  @TempDir private Path temporary;

  private final List<Process> started = new ArrayList<>();

  /** A process that serves. */
  private record Served(Process process, TestClient client, Path log) {

    String text() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** The process of its embedded Redis; the test is skipped where there is none. */
    ProcessHandle redis() {
      Matcher line = REDIS_PROCESS.matcher(text());
      assumeTrue(line.find(), "no embedded Redis here");
      return ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow();
    }
  }

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void kill9_thenASecondStart_servesAndLeavesNoOldRedis() throws Exception {
    Served first = serve();
    ProcessHandle oldRedis = first.redis();
    first.process().destroyForcibly().waitFor();
    Served second = serve();
    assertThat(second.client().get("/customer/7").statusCode()).isEqualTo(200);
    Await.until("the old Redis is gone", () -> !oldRedis.isAlive());
    assertThat(second.redis().isAlive()).isTrue();
  }

  @Test
  void sigterm_endsInTimeWithItsRedis() throws Exception {
    Served served = serve();
    ProcessHandle redis = served.redis();
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    Await.until("Redis is gone", () -> !redis.isAlive());
    assertThat(served.text()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  @Test
  void sigtermUnderLoad_drainsWithoutAFailedRequest() throws Exception {
    Served served = serve(Map.of("PAPI_DRAIN_DELAY", "2s", "PAPI_REDIS", "off"));
    AtomicBoolean draining = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    Thread load =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!draining.get()) {
                      assertThat(served.client().get("/customer/7").statusCode()).isEqualTo(200);
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
  void unknownVariable_refusesToStartAndNamesIt() throws Exception {
    assertThat(refusal(Map.of("PAPI_PROT", "8001")))
        .contains("refusing to start: PAPI_PROT is no key of this service");
  }

  @Test
  void missingColumn_refusesToStartAndNamesIt() throws Exception {
    assertThat(refusal(Map.of("PAPI_DATASETS_CUSTOMER_COLUMNS", "C_CUSTOMER_SK,C_NOPE")))
        .contains(
            "refusing to start: dataset customer: table API.DATA.HYBRID_CUSTOMER has no column"
                + " C_NOPE");
  }

  @Test
  void logAsJson_isALineForEachEventWithoutSecretsOrStackTraces() throws Exception {
    Served served =
        serve(Map.of("PAPI_LOG_FORMAT", "json", "PAPI_REDIS", "redis://:s3cret@127.0.0.1:1"));
    served.process().destroy();
    assertThat(served.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(served.text()).contains("127.0.0.1:1").doesNotContain("s3cret");
    assertThat(served.text().lines()).allSatisfy(ServiceProcessIT::assertIsAnEvent);
  }

  @Test
  void logAsJsonByTheFile_isJsonOnceTheFileHasBeenRead() throws Exception {
    Path file = Files.writeString(temporary.resolve("papi.conf"), "log-format = json");
    Served served = serve(Map.of("PAPI_CONFIG", file.toString(), "PAPI_REDIS", "off"));
    assertThat(served.text().lines()).allSatisfy(ServiceProcessIT::assertIsAnEvent);
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
    Path log = temporary.resolve("refusal.log");
    Process process = start(environment, log);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log)).doesNotContain("\tat ");
    return Files.readString(log);
  }

  private Served serve() throws IOException {
    return serve(Map.of());
  }

  private Served serve(Map<String, String> environment) throws IOException {
    int port = freePort();
    int adminPort = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.put("PAPI_PORT", Integer.toString(port));
    all.put("PAPI_ADMIN_PORT", Integer.toString(adminPort));
    Path log = temporary.resolve("service-" + port + ".log");
    Process process = start(all, log);
    Served served = new Served(process, new TestClient(port, adminPort), log);
    Await.until("it serves", () -> served.text().contains("serving on port " + port));
    return served;
  }

  private Process start(Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "@" + TARGET.resolve("papi.jvm"),
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            TARGET.resolve("papi.jar").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("PAPI_"));
    builder.environment().put("PAPI_ROWS", "100");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    started.add(process);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
