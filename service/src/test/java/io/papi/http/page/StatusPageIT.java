package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status page in a real browser. Pictures of it are left in {@code target/status-page}. */
@Timeout(120)
final class StatusPageIT {
  private static final Path PICTURES = Path.of("target", "status-page");

  private static Chromium chromium;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
    // The page looks again every two seconds.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void closeBrowser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(5_000);
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void traffic_isShownAsItWasSent() {
    EmbeddedRedis redis = open(EmbeddedRedis.start(16).orElseGet(() -> abort("no Redis here")));
    TestClient other = start(redis).client();
    ask(other, 1, 20);
    Await.until(
        "all rows are in Redis",
        () -> other.metric("papi_redis_seconds_count", "op=\"write\"", "outcome=\"ok\"") >= 20);
    TestService service = start(redis);
    TestClient client = service.client();
    // A start asks for one id that nobody has.
    int byRedis = (int) client.metric("cache_gets_total", "redis", "result=\"negative\"");
    Page page = browse(service);

    ask(client, 1, 20);
    ask(client, 1, 20);
    ask(client, 1, 20);
    ask(client, 101, 110);
    client.get("/customer/1,2,3,101,102,999");
    for (int i = 0; i < 3; i++) {
      client.get("/customer/007");
    }

    assertThat(page.locator("#total")).hasText("74 since start");
    assertThat(sinceStart(page, "#statuses")).hasText(new String[] {"71", "3"});
    assertThat(page.locator("#statuses th")).hasText(new String[] {"200", "400"});
    assertThat(page.locator("#by-layer th")).hasText(new String[] {"Memory", "Redis", "Store"});
    assertThat(sinceStart(page, "#by-layer"))
        .hasText(
            new Pattern[] {
              counted(45), counted(20 + byRedis), counted(12 - byRedis),
            });
    assertThat(page.locator("#cached-total"))
        .hasText((byRedis == 0 ? "84.4%" : "85.7%") + " of 77 since start");
    assertThat(page.locator("#time .p90 .hint")).containsText("ms since start");
    assertThat(page.locator("#time svg .line")).hasCount(3);
    assertThat(page.locator("#breakers .dot"))
        .hasText(new String[] {"breaker closed: in use", "breaker closed: in use"});
    assertThat(page.locator("#pools")).containsText("0 active, 8 idle, 0 waiting; at most 8");
    assertThat(page.locator("#heap"))
        .hasText(Pattern.compile("^[0-9.]+ [MG]iB of [0-9.]+ [MG]iB$"));
    assertThat(page.locator("#process")).containsText(", up ");
  }

  /** Three looks of the service's own, ten seconds apart, before anybody opened the page. */
  @Test
  void charts_beginBeforeThePageWasOpened() {
    TestService service = open(TestService.start(Map.of()));
    open(new Traffic(service.client(), "/customer/1"));
    Tab tab = open(Tab.open(chromium, size(1280), "about:blank", "/metrics"));
    tab.page()
        .route(
            "**/status/history.json",
            route -> {
              String page = service.client().admin("/metrics").body().replace("\"", "\\\"");
              String series = page.replaceAll("(?m)^#.*\n", "").replace("\n", "\\n");
              String earlier = series.replaceAll("(_count\\{[^\n}]*uri[^}]*\\}) [0-9.]+", "$1 0.0");
              route.fulfill(
                  new FulfillOptions()
                      .setBody(
                          "[{\"age\":200000,\"metrics\":\"%s\"},{\"age\":190000,\"metrics\":\"%s\"}]"
                              .formatted(earlier, series)));
            });
    tab.page().navigate(service.adminAddress() + "/status");
    assertThat(tab.page().locator("#total")).containsText("since start");
    // From the left side, 600 wide and five minutes long, the second point is at 190 s.
    assertThat(tab.page().locator("#requests svg .line"))
        .hasAttribute("d", Pattern.compile("^M2(19|20)\\.[0-9] .*"));
  }

  @Test
  void history_isOfTheService() {
    TestService service = open(TestService.start(Map.of()));
    Await.until(
        "it has noted something",
        () ->
            service.client().admin("/status/history.json").body().startsWith("[{\"age\":")
                && service
                    .client()
                    .admin("/status/history.json")
                    .body()
                    .contains("papi_build_info"));
  }

  @Test
  void dots_ofLayers_haveNoColourOfAState() {
    EmbeddedRedis redis = open(EmbeddedRedis.start(16).orElseGet(() -> abort("no Redis here")));
    TestService service = start(redis);
    Page page = browse(service);
    assertThat(page.locator("#by-layer .part")).hasCount(3);
    String colours =
        "of => of.map(each => getComputedStyle(each, '::before').backgroundColor).join(' ')";
    String layers = (String) page.locator("#by-layer .part").evaluateAll(colours);
    page.evaluate(
        "['good', 'stale', 'bad'].forEach(kind => {"
            + " const dot = document.createElement('span'); dot.className = 'dot ' + kind;"
            + " document.querySelector('#breakers').append(dot); })");
    String states = (String) page.locator("#breakers .dot").evaluateAll(colours);
    assertThat(layers.split("(?<=\\)) ")).hasSize(3).doesNotContain(states.split("(?<=\\)) "));
  }

  @Test
  void caches_sayHowFullTheyAre() {
    EmbeddedRedis redis = open(EmbeddedRedis.start(16).orElseGet(() -> abort("no Redis here")));
    TestService service = start(redis);
    ask(service.client(), 1, 5);
    Page page = browse(service);
    assertThat(page.locator("#near-memory")).hasText(Pattern.compile("^[0-9]+ MiB of [0-9]+ MiB$"));
    assertThat(page.locator("#near-evicted")).hasText("0 · 0 since start");
    assertThat(page.locator("#redis-memory")).hasText("1 MiB of 16 MiB, primary");
    assertThat(page.locator("#redis-evicted")).containsText("0 since start");
  }

  @Test
  void redis_replica_isSaid() {
    Page page =
        browseFake(
            List.of(
                """
                papi_redis_memory_used_bytes 3.0E9
                papi_redis_memory_max_bytes 0.0
                papi_redis_role{role="primary"} 0.0
                papi_redis_role{role="replica"} 1.0
                """));
    assertThat(page.locator("#redis-memory")).hasText("2.8 GiB, no limit, replica");
    assertThat(page.locator("#states")).containsText("Redis is a replica");
  }

  @Test
  void rates_fromAHundredUp_areWhole() {
    String count =
        "http_server_requests_seconds_count{outcome=\"SUCCESS\",status=\"200\",uri=\"/c/{ids}\"}"
            + " %d\n";
    Page page = browseFake(List.of(count.formatted(0), count.formatted(123_457)));
    assertThat(page.locator("#rate")).hasText(Pattern.compile("^[0-9]{2,3},[0-9]{3} a second$"));
    assertThat(page.locator("#busiest"))
        .hasText(Pattern.compile("^at most [0-9]{2,3},[0-9]{3} a second$"));
  }

  @Test
  void callers_areShownWithWhatTheyAreRefused() {
    String count =
        "http_server_requests_seconds_count{outcome=\"SUCCESS\",status=\"200\",uri=\"/c/{ids}\",caller=\"%s\"}"
            + " %d\n";
    String refused = "papi_refused_total{caller=\"braze\",reason=\"store-ids\"} %d\n";
    Page page =
        browseFake(
            List.of(
                count.formatted("braze", 5) + count.formatted("none", 2) + refused.formatted(1),
                count.formatted("braze", 9) + count.formatted("none", 2) + refused.formatted(4)));
    assertThat(page.locator("#by-caller th")).hasText(new String[] {"braze", "not known"});
    assertThat(sinceStart(page, "#by-caller"))
        .hasText(new String[] {"3 · 4 since start", "0 · 0 since start"});
    picture(page, "callers");
  }

  @Test
  void redis_gone_breakerIsOpen() {
    EmbeddedRedis redis = open(EmbeddedRedis.start(16).orElseGet(() -> abort("no Redis here")));
    TestService service = start(redis);
    Page page = browse(service);
    assertThat(page.locator("#breakers .good")).hasCount(2);

    redis.close();
    ask(service.client(), 1, 5);

    assertThat(page.locator("#breakers .stale")).hasText("breaker open: by-passed");
    assertThat(page.locator("#states")).containsText("Redis is down");
    assertThat(sinceStart(page, "#statuses")).hasText(new String[] {"5"});
  }

  @Test
  void store_statementsOfOneDatasetFail_breakerOfThatIsOpen() {
    EmbeddedStore database = open(Customers.load(100));
    SnowflakeStandIn snowflake = open(SnowflakeStandIn.start(database.dataSource()));
    TestService service =
        open(
            TestService.start(
                with(snowflake.environment(), Map.of("PAPI_STORE_BREAKER_WAIT", "1m"))));
    TestClient client = service.client();
    Page page = browse(service);
    snowflake.always(Fault.NOT_AN_ANSWER);
    for (int id = 1; client.metric("papi_breaker_state", "name=\"store/customer\"") != 1; id++) {
      client.get("/customer/" + id);
    }
    assertThat(page.locator("#breakers .bad")).hasText("breaker open: left alone, customer");
    assertThat(page.locator("#states")).containsText("The store is left alone");
  }

  @Test
  void store_down_breakerIsOpenAndStaleRowsAreCounted() {
    EmbeddedStore database = open(Customers.load(100));
    SnowflakeStandIn snowflake = open(SnowflakeStandIn.start(database.dataSource()));
    TestService service =
        open(
            TestService.start(
                with(
                    snowflake.environment(),
                    Map.of("PAPI_FRESH_FOR", "1s", "PAPI_STORE_BREAKER_WAIT", "1m"))));
    TestClient client = service.client();
    Page page = browse(service);
    assertThat(page.locator("#breakers .off")).hasText("not used");
    client.get("/customer/1");

    snowflake.always(Fault.UNAVAILABLE);
    for (int id = 2; client.metric("papi_breaker_state", "name=\"store\"") != 1; id++) {
      client.get("/customer/" + id);
    }
    Await.until(
        "the row is served stale",
        () ->
            client
                .get("/customer/1")
                .headers()
                .firstValue("Cache-Status")
                .orElse("")
                .contains("ttl=-"));

    open(new Traffic(client, "/customer/1", "/customer/99"));
    assertThat(page.locator("#breakers .bad")).hasText("breaker open: left alone");
    assertThat(page.locator("#states")).containsText("The store is left alone");
    assertThat(page.locator("#states")).containsText("Answers fail");
    assertThat(page.locator("#states")).containsText("Stale rows are served");
    assertThat(page.locator("#stale")).containsText(" since start");
    assertThat(page.locator("#stale .stale-text")).hasCount(1);
    assertThat(page.locator("#statuses th").last()).hasText(Pattern.compile("^50[34]$"));
    picture(page, "store-down");
  }

  @Test
  void service_stoppedAndStarted_isSaidAndCountsBeginAnew() {
    TestService first = open(TestService.start(Map.of()));
    ask(first.client(), 1, 7);
    Page page = browse(first);
    assertThat(page.locator("#total")).hasText("7 since start");

    int port = URI.create(first.adminAddress()).getPort();
    first.close();
    assertThat(page.locator("#states")).hasText("No answer");
    assertThat(page.locator("#trouble")).containsText("The service was not reached");
    assertThat(page.locator("#trouble")).containsText("What is shown is of ");
    assertThat(page.locator("#total")).hasText("7 since start");
    picture(page, "stopped");

    TestService second = open(TestService.start(Map.of("PAPI_ADMIN_PORT", Integer.toString(port))));
    ask(second.client(), 1, 3);
    assertThat(page.locator("#total")).hasText("3 since start");
    assertThat(page.locator("#trouble")).isHidden();
  }

  @Test
  void withoutTraffic_saysSo() {
    Page page = browse(open(TestService.start(Map.of())));

    assertThat(page.locator("#states")).hasText("No traffic");
    assertThat(page.locator("#callers")).isHidden();
    assertThat(page.locator("#rate")).hasText("0 a second");
    assertThat(page.locator("#time .big")).hasText(new String[] {"–", "–", "–"});
    assertThat(page.locator("#time .quantiles .hint"))
        .hasText(new String[] {"no requests yet", "no requests yet", "no requests yet"});
    assertThat(page.locator("#statuses")).containsText("none yet");
    assertThat(page.locator("#by-layer tr").nth(1)).containsText("off");
  }

  @Test
  void quantiles_areThoseOfTheBuckets() {
    // Of 100 answers 50 come within 100 ms, 90 within 200 ms, 98 within 300 ms, 2 later.
    Page page =
        browseFake(
            List.of(
                histogram(1_000, 1_000, 1_000, 1_000, 1_000),
                histogram(1_050, 1_090, 1_098, 1_098, 1_100)));

    assertThat(page.locator("#time .big")).hasText(new String[] {"100 ms", "200 ms", "over 2 s"});
    // Of all 1,100 that is rank 550 of the 1,050 in the first bucket, 990 of them, and 1,089.
    assertThat(page.locator("#time .quantiles .hint"))
        .hasText(new String[] {"52 ms since start", "94 ms since start", "198 ms since start"});
    assertThat(page.locator("#slow")).hasText("10% · 0.9% since start");
    assertThat(page.locator("#states")).hasText("Inside the objectives");
  }

  @Test
  void quantiles_moreThanATenthSlow_isSaid() {
    Page page = browseFake(List.of(histogram(0, 0, 0, 0, 0), histogram(50, 89, 100, 100, 100)));

    assertThat(page.locator("#slow .bad-text")).hasText("11%");
    assertThat(page.locator("#states")).hasText("Answers are slow");
  }

  @Test
  void reports_areCounted_andTimedApartFromRows() {
    String report = "/top/{clerk}";
    String other = histogram(0, 0, 0, 0, 9).replace("/customer/{ids}", "/test/page.js");
    Page page =
        browseFake(
            List.of(
                histogram(0, 0, 0, 0, 0) + of(report, histogram(0, 0, 0, 0, 0)) + other,
                histogram(0, 90, 100, 100, 100) + of(report, histogram(0, 0, 0, 50, 50)) + other));

    assertThat(page.locator("#total")).hasText("150 since start");
    assertThat(page.locator("#slow")).hasText("10% · 10% since start");
    assertThat(page.locator("#time .p90 .big")).hasText("200 ms");
    assertThat(page.locator("#reports dd")).hasText("1.8 s · 1.8 s since start");
    assertThat(page.locator("#states")).hasText("Inside the objectives");
    picture(page, "reports");
  }

  @Test
  void reports_none_areNotSpokenOf() {
    Page page = browseFake(List.of(histogram(0, 0, 0, 0, 0), histogram(0, 90, 100, 100, 100)));

    assertThat(page.locator("#total")).hasText("100 since start");
    assertThat(page.locator("#reports")).isHidden();
  }

  @Test
  void reports_fail_isSaid() {
    String failed =
        histogram(9, 9, 9, 9, 9).replace("SUCCESS", "SERVER_ERROR").replace("\"200\"", "\"503\"");
    Page page =
        browseFake(
            List.of(histogram(0, 0, 0, 0, 0), histogram(9, 9, 9, 9, 9) + of("/top", failed)));

    assertThat(page.locator("#states")).hasText("Answers fail");
    assertThat(page.locator("#statuses th")).hasText(new String[] {"200", "503"});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store 0, queries 0, store/top 0 | breaker closed: in use",
        "store 0, queries 1, store/top 0 | breaker open: left alone, queries",
        "store 1, queries 1, store/top 0 | breaker open: left alone",
        "queries 2 | breaker half-open: on trial, one load at a time, queries",
        "store 0, queries 0, store/customer 0, store/top 1 | breaker open: left alone, top",
        "redis 0, redis/queries 0 | breaker closed: in use",
        "redis 0, redis/queries 1 | breaker open: by-passed, queries",
        "redis 1, redis/queries 1 | breaker open: by-passed",
      })
  void breakers_ofQueries_areTheStoresAndRedisToo(String states, String words) {
    List<String> lines =
        Stream.of(states.split(", "))
            .map(each -> each.replaceFirst("(.*) (.*)", "papi_breaker_state{name=\"$1\"} $2"))
            .toList();
    Page page = browseFake(List.of(String.join("\n", lines) + "\n"));

    assertThat(page.locator("#breakers .dot:not(.off)")).hasText(words);
    boolean isRedis = states.contains("redis");
    String said = isRedis ? "Redis is down" : "The store is left alone";
    String expected = words.contains("closed") ? "No traffic" : said;
    assertThat(page.locator("#states")).hasText(expected);
  }

  @Test
  void queries_ofAService_areShownBesideDatasets(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            datasets { product.enabled = false, store.enabled = false }
            queries.first {
              paths = ["/first"]
              sql = "SELECT C_CUSTOMER_SK FROM hybrid_customer WHERE C_CUSTOMER_SK < :below"
              parameters.below { type = whole, default = 9 }
            }
            """);
    TestService service =
        open(TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_ROWS", "10")));
    Page page = browse(service);
    assertThat(service.client().get("/first").statusCode()).isEqualTo(200);
    assertThat(service.client().get("/customer/1").statusCode()).isEqualTo(200);

    assertThat(page.locator("#total")).hasText("2 since start");
    assertThat(page.locator("#reports dd")).containsText(" since start");
    assertThat(page.locator("#pools dt"))
        .hasText(new String[] {"Connections, queries", "Connections, store"});
    assertThat(page.locator("#breakers .dot").first()).hasText("breaker closed: in use");
    TestClient client = service.client();
    assertThat(client.metric("papi_store_connections_max", "dataset=\"first\"")).isEqualTo(2);
    assertThat(client.metric("papi_store_connections_max", "dataset=\"customer\"")).isEqualTo(8);
    assertThat(client.metric("papi_deadline_exceeded_total", "layer=\"queries\"")).isZero();
  }

  @Test
  void metrics_missing_isADash() {
    Page page = browseFake(List.of("papi_build_info{version=\"1 \\\"a\\\"\"} 1\n"));

    assertThat(page.locator("#states")).hasText("No traffic");
    assertThat(page.locator("#process")).hasText("1 \"a\", up –");
    assertThat(page.locator("#cached")).hasText("No cache");
    assertThat(page.locator("#breakers .off")).hasText(new String[] {"not used", "not used"});
    assertThat(page.locator("#pools")).hasText("No connection pool has metrics.");
    for (String id : List.of("inflight", "connections", "heap", "cpu", "threads")) {
      assertThat(page.locator("#" + id)).hasText("–");
    }
  }

  @Test
  void metrics_unreadable_isSaid() {
    Page page = browseFake(List.of("<html>hello</html>\n"));

    assertThat(page.locator("#states")).hasText("No answer");
    assertThat(page.locator("#trouble")).containsText("a line that is no metric: <html>");
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT, desktop", "1280, DARK, dark", "390, LIGHT, phone", "320, DARK, narrow"})
  void layout_anyWidth_bodyDoesNotScrollSideways(int width, ColorScheme scheme, String name) {
    TestService service = open(TestService.start(Map.of()));
    open(new Traffic(service.client(), "/customer/1", "/customer/2,3,999999", "/customer/007"));
    Tab tab = browse(service.adminAddress(), size(width).setColorScheme(scheme));

    assertThat(tab.page().locator("#rate")).hasText(Pattern.compile("^[1-9][0-9.]* a second$"));
    assertThat(tab.page().locator("#time .p90 .big"))
        .hasText(Pattern.compile("^(< )?[0-9.]+ m?s$"));
    assertThat(tab.page().locator("#layers .big")).hasText(Pattern.compile("^[1-9][0-9.]*%$"));
    assertThat(tab.sideways()).isZero();
    picture(tab.page(), name);
  }

  private TestService start(EmbeddedRedis redis) {
    TestService service =
        open(
            TestService.start(
                Map.of(
                    "PAPI_REDIS",
                    redis.uri().toString(),
                    "PAPI_REDIS_TIMEOUT",
                    "2s",
                    "PAPI_DEADLINE",
                    "15s")));
    Await.until("Redis is used", () -> service.client().metric("papi_breaker_state", "redis") == 0);
    return service;
  }

  private static void ask(TestClient client, int first, int last) {
    for (int id = first; id <= last; id++) {
      assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
    }
  }

  private Page browse(TestService service) {
    Tab tab = browse(service.adminAddress(), size(1280));
    // Figures of the last seconds are counted from the first look on.
    assertThat(tab.page().locator("#total")).containsText("since start");
    return tab.page();
  }

  private Tab browse(String address, Browser.NewContextOptions options) {
    return open(Tab.open(chromium, options, address + "/status", "/metrics"));
  }

  /** The page over metrics of our own, one look after the other; the last stays. */
  private Page browseFake(List<String> looks) {
    TestService service = open(TestService.start(Map.of()));
    Tab tab = open(Tab.open(chromium, size(1280), "about:blank", "/metrics"));
    Deque<String> left = new ArrayDeque<>(looks);
    tab.page()
        .route(
            "**/metrics",
            route -> {
              String text = left.size() > 1 ? left.removeFirst() : left.getFirst();
              route.fulfill(new FulfillOptions().setBody(text));
            });
    tab.page().navigate(service.adminAddress() + "/status");
    return tab.page();
  }

  /** Answers within 100 ms, 200 ms, 300 ms, 2 s, and all of them. */
  private static String histogram(int... counts) {
    String labels = "method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"/customer/{ids}\"";
    List<String> lines = new ArrayList<>();
    String[] bounds = {"0.1", "0.2", "0.3", "2.0", "+Inf"};
    for (int i = 0; i < bounds.length; i++) {
      lines.add(
          "http_server_requests_seconds_bucket{%s,le=\"%s\"} %d"
              .formatted(labels, bounds[i], counts[i]));
    }
    lines.add("http_server_requests_seconds_count{%s} %d".formatted(labels, counts[4]));
    return String.join("\n", lines) + "\n";
  }

  private static String of(String uri, String histogram) {
    return histogram.replace("/customer/{ids}", uri);
  }

  private static Browser.NewContextOptions size(int width) {
    return new Browser.NewContextOptions().setViewportSize(width, 900);
  }

  private static Locator sinceStart(Page page, String table) {
    return page.locator(table + " td:last-child");
  }

  private static Pattern counted(int ids) {
    return Pattern.compile("^" + ids + " · ");
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  /** What these tests count are their own requests. */
  private TestService open(TestService service) {
    service.client().uncheck();
    opened.push(service);
    return service;
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.push(part);
    return part;
  }

  /** Fifty requests a second for some paths in turn, whatever the answers. */
  private static final class Traffic implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> ticks;

    Traffic(TestClient client, String... paths) {
      AtomicInteger next = new AtomicInteger();
      ticks =
          clock.scheduleAtFixedRate(
              () -> client.get(paths[next.getAndIncrement() % paths.length]),
              0,
              20,
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      ticks.cancel(false);
      clock.close();
    }
  }
}
