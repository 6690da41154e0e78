package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.papi.Service;
import io.papi.config.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test page in a real browser. Pictures of it are left in {@code target/test-page}. */
final class PageIT {
  private static final Path PICTURES = Path.of("target", "test-page");

  /** Whether the first letter of the request's path is as high as the word before it. */
  private static final String SAME_LINE =
      """
      () => {
        const text = document.querySelector('#facts a').firstChild;
        const top = (from) => {
          const range = document.createRange();
          range.setStart(text, from);
          range.setEnd(text, from + 1);
          return range.getBoundingClientRect().top;
        };
        return top(0) === top(4);
      }
      """;

  private static Chromium chromium;
  private static Service service;

  private Tab tab;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    service =
        new Service(
            Configuration.read(
                Map.of(
                    "PAPI_PORT",
                    "0",
                    "PAPI_ADMIN_PORT",
                    "0",
                    "PAPI_ROWS",
                    "200",
                    "PAPI_DEADLINE",
                    "10s")));
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openDesktop() {
    open(new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  @AfterEach
  void close() {
    tab.close();
  }

  @Test
  void submit_severalIds_showsRowsInOrderAndWhatIsMissing() {
    ask("3,1,2,999999999");

    assertThat(page.locator(".line")).containsText("3 rows for 4 ids in");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"3", "1", "2"});
    assertThat(page.locator("th").first()).hasText("C_CUSTOMER_SK");
    assertThat(page.locator("th").last()).hasText("C_LAST_REVIEW_DATE");
    assertThat(page.locator("tbody tr").first().locator("td:nth-child(16) .nothing"))
        .hasText("NULL");
    assertThat(page.locator(".note.missing")).hasText("Not found: 999999999");
    assertThat(page.locator("#facts")).containsText("GET /customer/3,1,2,999999999");
    assertThat(page.locator("#facts")).containsText("200 OK");
    assertThat(page.locator("#facts")).containsText("fresh for");
    assertThat(page.locator("#facts dt").last()).hasText("Request id");
    picture("desktop");
  }

  @Test
  void submit_secondTime_isFromMemory() {
    ask("77");
    assertThat(page.locator(".source")).containsText("from the store, ");
    page.locator("#ids").press("Enter");
    assertThat(page.locator(".source")).hasText("from this process's memory");
    page.getByLabel("Read past the caches").check();
    page.locator("#ids").press("Enter");
    assertThat(page.locator(".source")).containsText("from the store, ");

    assertThat(page.locator("#requests .from")).hasText(new String[] {"store", "memory", "store"});
  }

  @Test
  void submit_leadingZero_showsReason() {
    ask("007");

    assertThat(page.locator(".line")).containsText("400 Bad Request in");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("leading zero: write 7");
    assertThat(page.locator("#facts")).containsText("Request id");
    assertThat(page.locator("#rows")).isHidden();
    picture("error");
  }

  @Test
  void open_firstTime_anExampleIsFilledIn() {
    assertThat(page.getByLabel("Ids, separated")).hasValue("1,2,3");
    assertThat(page.locator("label[for=ids]"))
        .hasText("Ids, separated by commas, semicolons, blanks or lines");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Look up")).click();
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"1", "2", "3"});
  }

  @Test
  void type_overTheExample_replacesIt() {
    assertThat(page.getByLabel("Ids, separated")).hasValue("1,2,3");
    page.keyboard().type("77");
    assertThat(page.getByLabel("Ids, separated")).hasValue("77");
  }

  @Test
  void submit_hundredIds_getStaysOnTheLineOfItsPath() {
    String ids = IntStream.rangeClosed(101, 200).mapToObj(Integer::toString).collect(joining("\n"));
    ask(ids);

    assertThat(page.locator(".line")).containsText("100 rows for 100 ids in");
    assertThat(page.locator("#facts a")).containsText("GET /customer/101,102,");
    assertThat(page.evaluate(SAME_LINE)).isEqualTo(true);
    picture("hundred");
  }

  @Test
  void freshness_absenceEndsBeforeTheRow_saysNothingOfItsEnd() {
    Map<String, String> headers =
        Map.of("Cache-Status", "near; hit", "Age", "100", "Cache-Control", "private, max-age=30");
    fake("[{\"C_CUSTOMER_SK\":1}]", headers);
    ask("1,999999999");

    assertThat(page.locator("#facts")).containsText("read 100 s ago");
    assertThat(page.locator("#facts")).not().containsText("due to be read again");
  }

  @Test
  void freshness_rowAtItsEnd_isDueToBeReadAgain() {
    Map<String, String> headers =
        Map.of("Cache-Status", "near; hit", "Age", "180", "Cache-Control", "private, max-age=180");
    fake("[{\"C_CUSTOMER_SK\":1}]", headers);
    ask("1");

    assertThat(page.locator("#facts")).containsText("read 180 s ago, due to be read again");
  }

  @ParameterizedTest
  @CsvSource({
    "' 5, 6 ', '/customer/5,6', ''",
    "'5 6', '/customer/5,6', ''",
    "'5;6', '/customer/5,6', ''",
    "'5 ; 6;  7', '/customer/5,6,7', ''",
    "'5\n6\r\n7\n', '/customer/5,6,7', ''",
    "'5\t6', '/customer/5,6', ''",
    "'5,\n6', '/customer/5,6', ''",
    "'5,6,', '/customer/5,6,', 'id 3 is empty'",
    "'1 OR 1=1', '/customer/1,OR,1%3D1', 'is not a whole number'",
    "'1,,2', '/customer/1,,2', 'id 2 is empty'",
    "'..', '/customer/..,..', 'is not a whole number'",
    "'é/?#<b>', '/customer/%C3%A9%2F%3F%23%3Cb%3E', 'is not a whole number'"
  })
  void submit_oddIds_sendsThemEncoded(String typed, String path, String reason) {
    ask(typed);

    assertThat(page.locator("#facts a")).hasText("GET " + path);
    assertThat(page.getByRole(AriaRole.STATUS)).containsText(reason);
  }

  @Test
  void fragment_ids_runsThemAndGoesBack() {
    page.navigate(address() + "#8,9");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"8", "9"});
    ask("10");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"10"});
    assertThat(page).hasURL(address() + "#customer/10");
    page.goBack();
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"8", "9"});
    assertThat(page.locator("#ids")).hasValue("8,9");
  }

  @Test
  void recent_click_asksAgain() {
    ask("11");
    assertThat(page.locator("#requests li")).hasCount(1);
    ask("12");
    assertThat(page.locator("#requests .ids")).hasText(new String[] {"customer 12", "customer 11"});
    page.locator("#requests button").last().click();
    assertThat(page.locator("#requests .ids"))
        .hasText(new String[] {"customer 11", "customer 12", "customer 11"});
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"11"});
  }

  @Test
  void json_largeNumber_keepsItsDigits() {
    String digits = "12345678901234567890123456789012345678";
    fake(
        "[{\"C_CUSTOMER_SK\":" + digits + ",\"A\":\"<b>\",\"B\":\"\",\"C\":1.50,\"D\":true}]",
        Map.of("Cache-Status", "near; hit"));
    ask(digits);

    assertThat(page.locator("tbody td"))
        .hasText(new String[] {digits, "<b>", "empty", "1.50", "true"});
    assertThat(page.locator(".note")).hasCount(0);
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("JSON")).click();
    assertThat(page.locator("#json")).containsText("\"C_CUSTOMER_SK\": " + digits + ",");
    assertThat(page.locator("#table")).isHidden();
    picture("json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis; hit, near; fwd=miss | redis;dur=0.41 | from Redis, 0.4 ms | redis",
        "redis; fwd=miss; collapsed, near; fwd=miss | redis;dur=0.02, store;dur=12.6"
            + " | from the store, 13 ms, a load shared with another request"
            + " (not in Redis, under 0.1 ms) | store",
        "near; fwd=miss | store;dur=9 | from the store, 9.0 ms | store",
        "redis; fwd=miss; detail=\"1/2\", near; fwd=miss; detail=\"1/3\""
            + " | redis;dur=0.3, store;dur=31 | 1 of 3 from this process's memory"
            + "1 of 3 from Redis, 0.3 ms1 of 3 from the store, 31 ms | memory, Redis, store"
      })
  void source_headers_areInWords(
      String cacheStatus, String serverTiming, String words, String inShort) {
    fake(
        "[{\"C_CUSTOMER_SK\":1},{\"C_CUSTOMER_SK\":2},{\"C_CUSTOMER_SK\":3}]",
        Map.of("Cache-Status", cacheStatus, "Server-Timing", serverTiming));
    ask("1,2,3,1");

    assertThat(page.locator(".source")).hasText(words);
    assertThat(page.locator("#requests .from")).hasText(inShort.replace("redis", "Redis"));
  }

  @Test
  void source_staleRow_isMarked() {
    fake(
        "[{\"C_CUSTOMER_SK\":1}]",
        Map.of(
            "Cache-Status", "near; hit; ttl=-20",
            "Age", "200",
            "Cache-Control", "private, max-age=180"));
    ask("1");

    assertThat(page.locator(".note.stale")).containsText("the row is 20 s past its fresh time");
    assertThat(page.locator("#facts")).containsText("read 200 s ago, stale for 20 s");
    assertThat(page.locator("#requests .from")).hasText("memory, stale");
    picture("stale");
  }

  @Test
  void problem_unavailable_namesIds() {
    page.route(
        "**/customer/*",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setStatus(503)
                    .setHeaders(Map.of("Retry-After", "1"))
                    .setBody("{\"detail\":\"no store\",\"unavailable\":[\"4\",\"5\"]}")));
    ask("3,4,5");

    assertThat(page.locator(".line")).containsText("503");
    assertThat(page.locator(".note"))
        .hasText(
            new String[] {
              "no store", "Unavailable: 4 5", "The service asks to wait 1 s before another try."
            });
  }

  @Test
  void problem_noConnection_saysSo() {
    page.route("**/customer/*", route -> route.abort());
    ask("3");

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The service was not reached");
    assertThat(page.locator("#requests .from")).hasText("no answer");
  }

  @ParameterizedTest
  @CsvSource({
    "390, LIGHT, phone",
    "390, DARK, phone-dark",
    "320, LIGHT, narrow",
    "1280, DARK, dark"
  })
  void layout_anyWidth_bodyDoesNotScrollSideways(int width, ColorScheme scheme, String name) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    ask("1,".repeat(99) + "x".repeat(90));
    assertThat(page.locator("#requests li")).hasCount(1);
    assertThat(tab.sideways()).isZero();
    ask("3,1,2,999999999");
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.locator("#headers summary").click();
    assertThat(tab.sideways()).isZero();
    picture(name);
  }

  @Test
  void datasets_several_areNamedInTheAddress() {
    String datasets =
        Stream.of("account text", "customer whole")
            .map(each -> each.split(" "))
            .map(
                each ->
                    """
                    {"name":"%s","key":"ID","keyType":"%s","keys":[],"columns":["ID"],"views":{},
                     "shape":"array","missing":"omit","defaultRow":false}
                    """
                        .formatted(each[0], each[1]))
            .collect(joining(",", "[", "]"));
    page.route(
        "**/test/datasets.json", route -> route.fulfill(new FulfillOptions().setBody(datasets)));
    fake("[{\"ID\":\"b\"}]", Map.of());
    page.navigate("about:blank");
    page.navigate(address() + "#account/%20a,b");
    assertThat(page.locator("#facts a")).hasText("GET /account/%20a,b");
    assertThat(page.locator(".note.missing .id")).hasText(" a");
    assertThat(page.locator("#separators"))
        .hasText("commas or lines; one with a comma in double quotes");
    ask("a b; c\nd");
    assertThat(page.locator("#facts a")).hasText("GET /account/a%20b%3B%20c,d");
    page.getByLabel("Ids, separated").fill("");
    page.getByLabel("Dataset").selectOption("customer");
    assertThat(page.getByLabel("Ids, separated")).hasValue("1,2,3");
    ask(" 7 ");
    assertThat(page.locator("#facts a")).hasText("GET /customer/7");
    assertThat(page).hasURL(address() + "#customer/7");
    assertThat(page.locator("#requests .ids"))
        .hasText(new String[] {"customer 7", "account a b; c,d", "account  a,b"});
  }

  @Test
  void datasets_notYetRead_formIsDisabled() {
    List<Route> held = new ArrayList<>();
    page.navigate("about:blank"); // the page that is open may still ask for it
    page.route("**/test/datasets.json", held::add);
    page.navigate(address());
    assertThat(page.getByLabel("Ids, separated")).isDisabled();
    page.waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    assertThat(page.getByLabel("Ids, separated")).isFocused();
  }

  @Test
  void datasets_unreadable_saysSo() {
    page.route("**/test/datasets.json", route -> route.fulfill(new FulfillOptions().setBody("?")));
    page.navigate("about:blank");
    page.navigate(address());
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The service was not reached");
  }

  @Test
  void icon_isAllowedByThePolicy() {
    Object width =
        page.evaluate(
            "async () => { const icon = new Image(); icon.src = '/test/icon.svg';"
                + " await icon.decode(); return icon.naturalWidth > 0; }");

    assertThat(width).isEqualTo(true);
  }

  private void open(Browser.NewContextOptions options) {
    tab = Tab.open(chromium, options, address(), "/customer/");
    page = tab.page();
  }

  private void ask(String ids) {
    Locator field = page.getByLabel("Ids, separated");
    field.fill(ids);
    field.press("Enter");
  }

  private void fake(String body, Map<String, String> headers) {
    page.route(
        Pattern.compile("/(customer|account)/"),
        route -> route.fulfill(new FulfillOptions().setBody(body).setHeaders(headers)));
  }

  private void picture(String name) {
    tab.picture(PICTURES.resolve(name + ".png"));
  }

  private static String address() {
    return "http://localhost:" + service.port() + "/test";
  }
}
