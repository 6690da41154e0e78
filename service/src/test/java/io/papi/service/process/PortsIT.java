package io.papi.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service where ports are taken, or descriptors are few. */
@Timeout(180)
class PortsIT {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final Pattern REDIS_PROCESS =
      Pattern.compile("embedded Redis on .* process (\\d+)");
  private static final Map<String, String> NO_REDIS = Map.of("PAPI_REDIS", "off");

  @TempDir private Path temporary;

  @Test
  void callersPortInUse_refusesToStart() throws Exception {
    assertRefusesPortInUse("PAPI_PORT");
  }

  @Test
  void operatorsPortInUse_refusesToStart() throws Exception {
    assertRefusesPortInUse("PAPI_ADMIN_PORT");
  }

  /** With the embedded Redis, which must not be left behind. */
  private void assertRefusesPortInUse(String variable) throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      String port = Integer.toString(other.getLocalPort());
      String log = refusal(Map.of(variable, port));
      assertThat(log).contains("refusing to start: port " + port + " is in use");
      assertThat(log).doesNotContain("serving on port");
      Matcher redis = REDIS_PROCESS.matcher(log);
      if (redis.find()) {
        assertThat(ProcessHandle.of(Long.parseLong(redis.group(1))))
            .satisfiesAnyOf(
                process -> assertThat(process).isEmpty(),
                process -> assertThat(process.orElseThrow().isAlive()).isFalse());
      }
    }
  }

  @Test
  void bothPortsTheSame_refusesToStart() throws Exception {
    assertThat(refusal(Map.of("PAPI_PORT", "18001", "PAPI_ADMIN_PORT", "18001")))
        .contains("refusing to start: PAPI_ADMIN_PORT: admin-port is 18001, as port is");
  }

  @Test
  void tooFewDescriptorsForAnybody_refusesToStart() throws Exception {
    try (ServiceProcess service = ServiceProcess.startWithDescriptors(150, temporary, NO_REDIS)) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.log())
          .contains("refusing to start: the process may open 150 files")
          .contains("ulimit -n");
    }
  }

  private String refusal(Map<String, String> environment) throws Exception {
    try (ServiceProcess process = ServiceProcess.start(temporary, environment)) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.log()).doesNotContain("\tat ");
      return process.log();
    }
  }

  @Test
  void fewDescriptors_moreConnectionsThanThese_othersAreServed() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.startWithDescriptors(256, temporary, NO_REDIS).awaitServing()) {
      TestClient client = service.client();
      assertThat(service.log())
          .containsPattern("at most \\d+ connections of callers and \\d+ of operators")
          .contains("the process may open 256 files")
          .contains("max-connections is 10000, which this process may not open");
      List<RawConnection> connections = new ArrayList<>();
      try {
        for (int i = 0; i < 300; i++) {
          connections.add(client.connect());
        }
        assertThat(client.get("/customer/7").statusCode()).isEqualTo(200);
      } finally {
        connections.forEach(RawConnection::close);
      }
      assertThat(client.get("/customer/8").statusCode()).isEqualTo(200);
      assertThat(client.admin("/health/live").statusCode()).isEqualTo(200);
      Await.until("they are closed", () -> client.metric("papi_connections") < 10);
      Await.until(
          "it says what it did",
          () -> service.log().contains("idle ones were closed to make room"));
      assertThat(service.log()).doesNotContain("cannot accept");
    }
  }

  @Test
  void noDescriptorLeft_acceptsAgainOnceThereIs() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "no prlimit here");
    try (ServiceProcess service =
        ServiceProcess.startWithDescriptors(256, temporary, NO_REDIS).awaitServing()) {
      assertThat(service.client().get("/customer/7").statusCode()).isEqualTo(200);
      // Only the soft limit may be raised again.
      limitDescriptors(service, "10:256");
      // The system has taken a descriptor for the next connection of each port already.
      try (RawConnection _ = service.client().connect();
          RawConnection waiting = service.client().connect();
          RawConnection _ = service.client().connectToAdmin();
          RawConnection waitingOperator = service.client().connectToAdmin()) {
        Await.until(
            "neither port accepts",
            () -> service.log().split("cannot accept a connection", -1).length == 3);
        limitDescriptors(service, "256:256");
        waiting.send("GET /customer/7 HTTP/1.1\r\nHost: papi\r\n\r\n");
        assertThat(waiting.readAnswer()).startsWith("HTTP/1.1 200 ");
        waitingOperator.send("GET /health/live HTTP/1.1\r\nHost: papi\r\n\r\n");
        assertThat(waitingOperator.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(service.client().get("/customer/8").statusCode()).isEqualTo(200);
      assertThat(service.log()).contains("accepts connections again");
    }
  }

  /**
   * What virtual threads wait with is opened before anybody connects: should that happen first when
   * no descriptor is left, no connection could ever wait again.
   */
  @Test
  void connectionsWait_openNoDescriptorsButTheirOwn() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(temporary, NO_REDIS).awaitServing()) {
      assumeTrue(Files.isDirectory(descriptors(service)), "no /proc here");
      long before = polls(service);
      try (RawConnection caller = service.client().connect();
          RawConnection operator = service.client().connectToAdmin()) {
        caller.send("GET /customer/7 HTTP/1.1\r\nHost: papi\r\n\r\n");
        assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
        operator.send("GET /health/live HTTP/1.1\r\nHost: papi\r\n\r\n");
        assertThat(operator.readAnswer()).startsWith("HTTP/1.1 200 ");
        Await.until(
            "both wait for the next request",
            () -> service.client().metric("papi_connections") >= 2);
        assertThat(polls(service)).isEqualTo(before);
      }
    }
  }

  private static Path descriptors(ServiceProcess service) {
    return Path.of("/proc", Long.toString(service.process().pid()), "fd");
  }

  /** How many descriptors the process has that it polls others with. */
  private static long polls(ServiceProcess service) throws IOException {
    try (Stream<Path> all = Files.list(descriptors(service))) {
      return all.filter(PortsIT::isPoll).count();
    }
  }

  private static boolean isPoll(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("eventpoll");
    } catch (IOException e) {
      // closed meanwhile
      return false;
    }
  }

  private static void limitDescriptors(ServiceProcess service, String limit)
      throws IOException, InterruptedException {
    String[] command = {
      PRLIMIT.toString(), "--pid", Long.toString(service.process().pid()), "--nofile=" + limit
    };
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
