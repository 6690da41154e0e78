package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.Programs;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import io.papi.testing.TlsPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The callers' port with TLS: well-meaning callers, slow ones, and new certificates. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  private static final int CONNECTIONS = 40;
  private static final String REQUEST = "GET /customer/7 HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LAST_REQUEST =
      "GET /customer/7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  /** What OpenSSL says of an end without a word of TLS. */
  private static final String CUT = "unexpected eof";

  /** Exit statuses of curl: the answer is shorter than it should be, and a failed receipt. */
  private static final List<Integer> CURL_ERRORS = List.of(18, 56);

  private static final String CONFIGURATION =
      """
      queries {
        numbers {
          paths = ["/numbers/{last}"]
          sql = "SELECT X AS n, 'the row ' || X AS words FROM SYSTEM_RANGE(1, :last)"
          parameters.last { type = whole, min = 0, max = 1000000000 }
          stream = true
        }
        broken {
          paths = ["/broken/{row}"]
          sql = "SELECT X AS n, 10 / (:row - X) AS quotient FROM SYSTEM_RANGE(1, 1000000)"
          parameters.row { type = whole, min = 1, max = 1000000000 }
          stream = true
        }
      }
      """;

  private Path directory;
  private TlsPair first;
  private TlsPair second;
  private SSLContext trust;
  private TestService service;
  private TestClient operator;

  @BeforeAll
  void start(@TempDir Path files) throws Exception {
    directory = files;
    first = TlsPair.make(directory, "RSA-2048", 30);
    second = TlsPair.make(directory, "EC-256", 60);
    trust = TlsPair.trusting(first, second);
    first.replaceIn(directory);
    Map<String, String> environment = new HashMap<>(TlsPair.environment(directory));
    Path file = Files.writeString(directory.resolve("papi.conf"), CONFIGURATION);
    environment.put("PAPI_CONFIG", file.toString());
    environment.put("PAPI_MAX_CONNECTIONS", Integer.toString(CONNECTIONS));
    service = TestService.start(environment);
    operator = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private int port() {
    return URI.create(service.address()).getPort();
  }

  private SSLSocket open(String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
    SSLParameters parameters = socket.getSSLParameters();
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  private RawConnection connect() throws IOException {
    return new RawConnection(open());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void get_isAnswered_inHttp11(String protocol) throws Exception {
    SSLSocket socket = open(protocol);
    try (RawConnection caller = new RawConnection(socket)) {
      caller.send(REQUEST);
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ").contains("C_CUSTOMER_SK");
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void lastAnswer_endsWithAWordOfTls(String protocol) throws Exception {
    Programs.Ended client = openssl(LAST_REQUEST, "-quiet", "-ign_eof", protocol);
    assertThat(client.printed()).contains("HTTP/1.1 200 ").doesNotContain(CUT);
    assertThat(client.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void handshake_belowTls12_isRefused(String protocol) throws Exception {
    Programs.Ended client = openssl("", protocol, "-cipher", "ALL:@SECLEVEL=0");
    assertThat(client.status()).as(client.printed()).isNotZero();
    assertThat(client.printed())
        .contains("alert protocol version")
        .doesNotContain("BEGIN CERTIFICATE");
  }

  @Test
  void handshake_withoutForwardSecrecy_isRefused() throws Exception {
    Programs.Ended client = openssl("", "-tls1_2", "-cipher", "AES128-GCM-SHA256:AES256-SHA");
    assertThat(client.status()).as(client.printed()).isNotZero();
    assertThat(client.printed()).contains("alert handshake failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void handshake_fromTls12On_succeeds(String protocol) throws Exception {
    Programs.Ended client = openssl("", protocol);
    assertThat(client.status()).as(client.printed()).isZero();
    assertThat(client.printed()).contains("BEGIN CERTIFICATE");
  }

  @Test
  void handshake_askedForAgain_isRefused() throws Exception {
    String renegotiate = "R\n";
    Programs.Ended client = openssl(renegotiate, "-tls1_2");
    assertThat(client.printed()).contains("RENEGOTIATING", "alert handshake failure");
  }

  /** Runs OpenSSL's own client, which says {@code words} and then no more. */
  private Programs.Ended openssl(String words, String... options) throws Exception {
    assertThat(Programs.run("openssl", directory, "version").status()).isZero();
    Path said = Files.writeString(directory.resolve("said"), words);
    String command =
        "openssl s_client -connect localhost:%d %s < %s"
            .formatted(port(), String.join(" ", options), said);
    return Programs.run("sh", directory, "-c", command);
  }

  @Test
  void get_withoutTls_isAProblem_thatSaysSo() {
    double before = handshakes("plain");
    assertThat(operator.raw(REQUEST))
        .startsWith("HTTP/1.1 400 ")
        .contains("this port speaks TLS: ask by https");
    assertThat(handshakes("plain")).isEqualTo(before + 1);
  }

  @Test
  void handshake_thatIsNone_isClosed_andCounted() {
    double before = handshakes("failed");
    try (RawConnection caller = operator.connect()) {
      caller.send("\u0016\u0003\u0001\u0000\u0005hello");
      caller.readUntilClosed();
    }
    Await.until("it is counted", () -> handshakes("failed") == before + 1);
  }

  private double handshakes(String outcome) {
    return operator.metric("papi_tls_handshakes_total", "outcome=\"" + outcome + "\"");
  }

  @Test
  void handshake_thatStalls_isClosedSoon_andOthersAreServed() throws Exception {
    double before = slow("slow-request");
    List<RawConnection> silent = new ArrayList<>();
    try {
      for (String beginning : List.of("", "\u0016", "\u0016\u0003\u0001\u0002\u0000\u0001")) {
        silent.add(operator.connect());
        silent.getLast().send(beginning);
      }
      SSLSocket head = open();
      silent.add(new RawConnection(head));
      silent.getLast().send("GET /cust");
      try (RawConnection caller = connect()) {
        caller.send(REQUEST);
        assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
      for (RawConnection caller : silent) {
        caller.endsWithReset();
      }
      assertThat(slow("slow-request")).isEqualTo(before + silent.size());
    } finally {
      silent.forEach(RawConnection::close);
    }
  }

  private double slow(String reason) {
    return operator.metric("papi_connections_closed_total", "reason=\"" + reason + "\"");
  }

  @Test
  void handshake_thatStallsUpToTheLimit_makesRoomForOthers() throws Exception {
    List<RawConnection> silent = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS + 5; i++) {
        silent.add(operator.connect());
      }
      try (RawConnection caller = connect()) {
        caller.send(REQUEST);
        assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
    } finally {
      silent.forEach(RawConnection::close);
    }
  }

  @Test
  void caller_whoEndsItsHalf_isStillAnswered() throws Exception {
    SSLSocket socket = open("TLSv1.3");
    try (RawConnection caller = new RawConnection(socket)) {
      caller.send(REQUEST);
      socket.shutdownOutput();
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void stream_isWhole() throws Exception {
    try (RawConnection caller = connect()) {
      caller.send("GET /numbers/20000?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(caller.readAnswer()).endsWith("\"the row 20000\"}\n");
    }
  }

  @Test
  void stream_thatBreaks_endsWithoutAWordOfTls_andIsAnErrorToCurl() throws Exception {
    String request = "GET /broken/20000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThat(openssl(request, "-quiet", "-ign_eof").printed()).contains(CUT);
    Path trusted =
        Files.writeString(
            directory.resolve("ca.pem"), first.certificatePem() + second.certificatePem());
    String url = "https://localhost:" + port();
    Programs.Ended whole = curl(trusted, url + "/numbers/20000");
    assertThat(whole.status()).as(whole.printed()).isZero();
    Programs.Ended broken = curl(trusted, url + "/broken/20000");
    assertThat(broken.status()).as(broken.printed()).isIn(CURL_ERRORS);
  }

  private Programs.Ended curl(Path trusted, String url) throws Exception {
    return Programs.run(
        "curl",
        directory,
        "-sS",
        "--noproxy",
        "*",
        "--cacert",
        trusted.toString(),
        "-o",
        "/dev/null",
        url);
  }

  @Test
  void stream_whoseReaderStops_isReset() throws Exception {
    double before = slow("slow-reader");
    try (RawConnection caller = connect()) {
      caller.send("GET /numbers/1000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(caller.readHead()).startsWith("HTTP/1.1 200 ");
      Await.until("it is closed", () -> slow("slow-reader") == before + 1);
      Await.until("its stream has ended", () -> operator.metric("papi_streams") == 0);
      assertThat(caller.endsWithReset()).isTrue();
    }
  }

  @Test
  void stop_whileARequestIsUnderWay_answersIt() throws Exception {
    Map<String, String> slow = new HashMap<>(TlsPair.environment(directory));
    slow.put("PAPI_EMBEDDED_LATENCY_P50", "700ms");
    slow.put("PAPI_EMBEDDED_LATENCY_P99", "700ms");
    TestService stopped = TestService.start(slow);
    int to = URI.create(stopped.address()).getPort();
    try (SSLSocket socket =
            (SSLSocket)
                trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), to);
        RawConnection caller = new RawConnection(socket)) {
      caller.send(REQUEST);
      Await.until("it is asked", () -> stopped.client().metric("papi_inflight") == 1);
      Thread stopping = Thread.ofVirtual().start(stopped::close);
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      stopping.join();
    } finally {
      stopped.close();
    }
  }

  @Test
  void certificate_replacedUnderLoad_failsNoRequest_andIsShown() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SSLSocket old = open()) {
      RawConnection kept = new RawConnection(old);
      kept.send(REQUEST);
      kept.readAnswer();
      for (int i = 0; i < 4; i++) {
        callers.add(threads.submit(() -> load(enough, answered)));
      }
      for (int i = 0; i < 20; i++) {
        TlsPair next = i % 2 == 0 ? second : first;
        next.replaceIn(directory);
        Await.until("it is shown", () -> next.certificate().equals(shown()));
      }
      enough.set(true);
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isZero();
      }
      assertThat(answered.get()).isGreaterThan(1_000);
      kept.send(REQUEST);
      assertThat(kept.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(operator.metric("papi_tls_certificate_refused")).isZero();
  }

  /** Asks on new connections and on open ones; returns how many answers were not what they are. */
  private int load(AtomicBoolean enough, AtomicInteger answered) throws IOException {
    int failed = 0;
    while (!enough.get()) {
      try (RawConnection caller = connect()) {
        for (int i = 0; i < 20; i++) {
          caller.send(REQUEST);
          failed += caller.readAnswer().startsWith("HTTP/1.1 200 ") ? 0 : 1;
          answered.incrementAndGet();
        }
      }
    }
    return failed;
  }

  private X509Certificate shown() {
    try (SSLSocket socket = open()) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (SSLException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
