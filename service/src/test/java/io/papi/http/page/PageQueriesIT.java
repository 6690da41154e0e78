package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queries on the test page: a form of their parameters, and the report as table, chart and file.
 */
final class PageQueriesIT {
  private static PageFixture fixture;

  private Tab tab;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    fixture = PageFixture.startWithQueries(folder);
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
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
  void open_offersDatasetsAndQueries() {
    assertThat(page.locator("#dataset optgroup[label=Datasets] option")).hasText("sale");
    assertThat(page.locator("#dataset optgroup[label=Queries] option"))
        .hasText(new String[] {"best", "change", "clerk", "every", "types"});
    assertThat(page.locator("#of-query")).isHidden();

    choose("best");
    assertThat(page.getByLabel("Ids, separated")).isHidden();
    assertThat(page.locator("#path option")).hasText(new String[] {"/shop/best", "/snowpark/best"});
    assertThat(page.getByLabel("from_day")).hasAttribute("type", "date");
    assertThat(page.getByLabel("from_day")).hasAttribute("min", "1992-01-01");
    assertThat(page.getByLabel("from_day")).hasValue("1995-01-01");
    assertThat(page.locator("#parameter-from_day-hint"))
        .hasText("day from 1992-01-01, 1995-01-01 by default");
    assertThat(page.locator("#command")).hasText(curl("/shop/best"));

    choose("sale");
    assertThat(page.getByLabel("Ids, separated")).isVisible();
    assertThat(page.locator("#command")).hasText(curl("/sale/1,2,3"));
  }

  @Test
  void form_hasAFieldForEachType() {
    choose("types");

    assertThat(page.getByLabel("w", exact())).hasAttribute("type", "number");
    assertThat(page.getByLabel("w", exact())).hasValue("9223372036854775807");
    assertThat(page.getByLabel("d", exact())).hasAttribute("max", "99.5");
    assertThat(page.getByLabel("d", exact())).hasAttribute("placeholder", "NULL");
    assertThat(page.getByLabel("t", exact())).hasValue("a +%&/é");
    assertThat(page.locator("#parameter-t-hint")).containsText("at most 20 characters");
    assertThat(page.getByLabel("at", exact())).hasAttribute("type", "datetime-local");
    assertThat(page.getByLabel("at", exact())).hasValue("1995-01-31T23:59:59.5");
    assertThat(page.locator("#parameter-f option"))
        .hasText(new String[] {"choose …", "true", "false"});
    assertThat(page.locator("#parameter-o option"))
        .hasText(new String[] {"NULL", "red", "light blue"});
    // A browser does not know possessive quantifiers: there the service decides.
    assertThat(page.getByLabel("p", exact())).not().hasAttribute("pattern", Pattern.compile(""));
    assertThat(page.locator("#parameter-p-hint")).containsText("as \\h*+");
    PageFixture.picture(tab, "types");

    press("Look up");
    assertThat(page.locator("#requests li")).hasCount(0);
    page.getByLabel("f", exact()).selectOption("true");
    press("Look up");
    assertThat(page.locator("tbody td"))
        .hasText(
            new String[] {
              "9223372036854775807",
              "NULL",
              "a +%&/é",
              "1995-01-31T23:59:59.5",
              "true",
              "NULL",
              "NULL"
            });
    assertThat(page).hasURL(fixture.address() + "#/types?f=true");
    page.getByLabel("t", exact()).fill("it's 100% +&#?é=");
    page.getByLabel("o", exact()).selectOption("light blue");
    page.getByLabel("at", exact()).fill("1996-02-29T12:30:15");
    page.getByLabel("d", exact()).fill("12.5");
    press("Look up");
    assertThat(page.locator("tbody td:nth-child(3)")).hasText("it's 100% +&#?é=");
    assertThat(page.locator("tbody td:nth-child(2)")).hasText("12.50");
    assertThat(page.locator("tbody td:nth-child(4)")).hasText("1996-02-29T12:30:15");
    page.reload();
    assertThat(page.locator("tbody td:nth-child(3)")).hasText("it's 100% +&#?é=");
    assertThat(page.getByLabel("t", exact())).hasValue("it's 100% +&#?é=");
    assertThat(page.getByLabel("o", exact())).hasValue("light blue");
  }

  @Test
  void submit_showsTableAndBars() {
    choose("best");
    page.getByLabel("Read past the caches").check();
    press("Look up");

    assertThat(page.locator(".line")).containsText("3 rows in");
    assertThat(page.locator(".source")).containsText("from the store, ");
    assertThat(page.locator("thead th")).hasText(new String[] {"BUYER", "TOTAL"});
    assertThat(page.locator("tbody td"))
        .hasText(new String[] {"Ann", "30.50", "Bob", "20.00", "Cid", "7.25"});
    assertThat(page.locator("figcaption")).hasText("TOTAL by BUYER");
    assertThat(page.locator(".bars > span:not(.track)"))
        .hasText(new String[] {"Ann", "30.50", "Bob", "20.00", "Cid", "7.25"});
    assertThat(page.locator(".bars .bar").nth(1))
        .hasAttribute("style", Pattern.compile("margin-left: 0%; width: 65\\.57.*%"));
    assertThat(page.locator("#facts")).containsText("GET /shop/best");
    assertThat(page.locator("#facts")).containsText("fresh for");
    PageFixture.picture(tab, "query");
    page.getByLabel("Read past the caches").uncheck();
    press("Look up");
    assertThat(page.locator(".source")).hasText("from this process's memory");
    assertThat(page.locator("#requests .from")).hasText(new String[] {"memory", "store"});
    press("JSON");
    assertThat(page.locator("#json")).containsText("\"BUYER\": \"Ann\",\n    \"TOTAL\": 30.50");
    assertThat(page.locator("#chart")).isHidden();
  }

  @Test
  void submit_pathParameters_constantColumnIsNotInTheChart() {
    choose("clerk");
    page.getByLabel("clerk", exact()).fill("01");
    page.getByLabel("year", exact()).fill("1995");
    page.getByLabel("year", exact()).press("Enter");

    assertThat(page.locator("thead th")).hasText(new String[] {"CLERK", "MONTH", "TOTAL"});
    assertThat(page.locator("figcaption")).hasText("TOTAL by MONTH");
    assertThat(page.locator("#command")).hasText(curl("/clerk/01/sales/1995"));
    assertThat(page).hasURL(fixture.address() + "#/clerk/01/sales/1995");
    assertThat(page.locator("#requests .ids")).hasText("clerk clerk=01 year=1995");
  }

  @Test
  void submit_whatTheFormKnowsToBeWrong_isNotSent() {
    choose("clerk");
    page.getByLabel("clerk", exact()).fill("1;--");
    page.getByLabel("year", exact()).fill("1995");
    press("Look up");
    page.getByLabel("clerk", exact()).fill("1");
    page.getByLabel("year", exact()).fill("0");
    press("Look up");
    assertThat(page.locator("#requests li")).hasCount(0);
    page.getByLabel("year", exact()).fill("1994");
    press("Look up");
    assertThat(page.locator(".line")).containsText("0 rows in");
    assertThat(page.locator("#table")).hasText("No rows");
    assertThat(page.locator("#chart")).isHidden();
  }

  @Test
  void chart_negativeNumbers_stopAtZero() {
    page.navigate(fixture.address() + "#/change");

    // The numbers come first here; ids differ too, so that there are two labels and no chart.
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("#chart")).isHidden();
    fake("/change", "[{\"NET\":5.5,\"BUYER\":\"Ann\"},{\"NET\":-5.5,\"BUYER\":\"Bob\"}]");
    press("Look up");
    assertThat(page.locator("figcaption")).hasText("NET by BUYER");
    assertThat(page.locator(".bars .bar").nth(0))
        .hasAttribute("style", "margin-left: 50%; width: 50%;");
    assertThat(page.locator(".bars .bar").nth(1))
        .hasAttribute("style", "margin-left: 0%; width: 50%;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'A':1,'B':2}] | ",
        "[{'A':1,'B':2},{'A':1,'B':3}] | A by B",
        "[{'A':1,'B':2},{'A':2,'B':2}] | B by A",
        "[{'A':1,'B':2},{'A':1,'B':2}] | ",
        "[{'A':'x','B':'y'},{'A':'z','B':'y'}] | ",
        "[{'A':'x','B':null},{'A':'z','B':1}] | B by A",
        "[{'A':'x','B':12345678901234567890},{'A':'z','B':'1.5'}] | B by A",
        "[{'A':'x','B':'1'},{'A':'z','B':'2'}] | ",
        "[{'A':{'a':1},'B':1},{'A':{'a':2},'B':2}] | ",
        "[{'A':'x','B':1,'C':'c','D':1},{'A':'y','B':2,'C':'c','D':1}] | B by A",
        "[{'A':'x','B':1,'C':3},{'A':'y','B':2,'C':4}] | "
      })
  void chart_isOfOneLabelAndOneNumber(String rows, String title) {
    fake("/every", rows.replace('\'', '"'));
    page.navigate(fixture.address() + "#/every");

    assertThat(page.locator(".line")).containsText(" in ");
    if (title == null) {
      assertThat(page.locator("#chart")).isHidden();
    } else {
      assertThat(page.locator("figcaption")).hasText(title);
    }
  }

  @Test
  void format_isInTheCommand_andShownAsItIsSent() {
    choose("best");
    page.getByLabel("Path").selectOption("/snowpark/best");
    page.getByLabel("to_day").fill("1995-01-31");
    page.getByLabel("Format").selectOption("csv");
    String path = "/snowpark/best?to_day=1995-01-31&format=csv";
    assertThat(page.locator("#command")).hasText(curl(path));
    press("Look up");

    assertThat(page.locator("tbody td")).hasText(new String[] {"Ann", "30.50"});
    assertThat(page.locator("#facts a")).hasText("GET " + path);
    assertThat(page.locator("#requests .ids")).hasText("best to_day=1995-01-31 format=csv");
    press("CSV");
    assertThat(page.locator("#json")).hasText("BUYER,TOTAL\nAnn,30.50");
    page.locator("#headers summary").click();
    assertThat(page.locator("#headers")).containsText("text/csv");
    page.reload();
    assertThat(page.getByLabel("Format")).hasValue("csv");
    assertThat(page.getByLabel("Path")).hasValue("/snowpark/best");
    assertThat(page.getByLabel("to_day")).hasValue("1995-01-31");
  }

  @ParameterizedTest
  @CsvSource({"csv", "ndjson", "xml"})
  void files_areSavedByTheBrowser(String format) throws IOException {
    page.navigate(fixture.address() + "#/shop/best?from_day=1995-02-01");
    assertThat(page.locator("#files a")).hasText(new String[] {"CSV", "NDJSON", "XML"});
    Download saved =
        page.waitForDownload(
            () -> page.locator("#files a").filter(named(format.toUpperCase(Locale.ROOT))).click());

    assertThat(saved.suggestedFilename()).isEqualTo("best." + format);
    assertThat(Files.readString(saved.path()))
        .isEqualTo(
            fixture
                .service()
                .client()
                .get("/shop/best?from_day=1995-02-01&format=" + format)
                .body());
    assertThat(page.locator("#rows")).isVisible();
  }

  @Test
  void files_ofRowsOfADataset_areNone() {
    page.navigate(fixture.address() + "#/shop/best");
    assertThat(page.locator("#files")).isVisible();
    page.navigate(fixture.address() + "#sale/1");
    assertThat(page.locator("tbody td").first()).hasText("1");
    assertThat(page.locator("#files")).isHidden();
    assertThat(page.locator("#chart")).isHidden();
    assertThat(page.locator("#of-query")).isHidden();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/shop/best?from_day=yesterday | from_day is yesterday, not a day written YYYY-MM-DD",
        "/shop/best?x=1 | x is no parameter of this path",
        "/shop/best?format=pdf | write format=json, ndjson, csv or xml",
        "/clerk/1;--/sales/1995 | clerk is 1;--, not text of 9 characters at most",
        "/types | f is missing: give true or false",
        "/every | the answer has more than 3 rows",
        "/nothing/here | This service has no query at /nothing/here.",
        "/clerk/1 | This service has no query at /clerk/1."
      })
  void link_thatCannotBe_saysSo(String path, String reason) {
    page.navigate(fixture.address() + "#" + path);

    assertThat(page.locator(".note.bad")).containsText(reason);
    assertThat(page.locator("#rows")).isHidden();
  }

  @Test
  void problem_ofAQuery_isInPlainWords() {
    page.navigate(fixture.address() + "#/every");

    assertThat(page.locator(".line")).containsText("422 Unprocessable Content in");
    assertThat(page.locator("#outcome")).containsText("An answer is never cut short.");
    assertThat(page.locator("#requests .ids")).hasText("every");
    page.locator("#requests button").click();
    assertThat(page.locator("#requests .ids")).hasText(new String[] {"every", "every"});
    PageFixture.picture(tab, "query-error");
  }

  @Test
  void report_stale_isMarked() {
    page.route(
        Pattern.compile("/every"),
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setBody("[{\"A\":1}]")
                    .setHeaders(
                        Map.of(
                            "Cache-Status", "near; hit; ttl=-20",
                            "Age", "200",
                            "Cache-Control", "private, max-age=180"))));
    page.navigate(fixture.address() + "#/every");

    assertThat(page.locator(".note.stale")).containsText("the report is 20 s past its fresh time");
    assertThat(page.locator("#facts")).containsText("read 200 s ago, stale for 20 s");
  }

  @Test
  void report_large_isShownInPart() {
    String rows =
        IntStream.range(0, 1_500)
            .mapToObj(i -> "{\"A\":%d,\"B\":\"%s\"}".formatted(i, "x".repeat(500)))
            .collect(Collectors.joining(",", "[", "]"));
    fake("/every", rows);
    page.navigate(fixture.address() + "#/every");

    assertThat(page.locator(".line")).containsText("1500 rows in");
    assertThat(page.locator(".note")).containsText("Only the beginning of it is shown.");
    assertThat(page.locator("tbody tr")).hasCount(1_000);
  }

  @Test
  void recent_click_asksTheReportAgain() {
    page.navigate(fixture.address() + "#/shop/best?to_day=1995-01-31");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.navigate(fixture.address() + "#sale/2");
    assertThat(page.locator("#requests .ids"))
        .hasText(new String[] {"sale 2", "best to_day=1995-01-31"});
    page.locator("#requests button").last().click();
    assertThat(page.locator("tbody td")).hasText(new String[] {"Ann", "30.50"});
    assertThat(page.getByLabel("to_day")).hasValue("1995-01-31");
    page.goBack();
    assertThat(page.getByLabel("Ids, separated")).hasValue("2");
  }

  @Test
  void columns_whoseNamesAreNumbers_areInTheQuerysOrder() {
    String known = fixture.service().client().get("/test/queries.json").body();
    page.route(
        "**/test/queries.json",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setBody(
                        known.replace("\"columns\":[\"ID\",", "\"columns\":[\"ID\",\"1995\","))));
    fake("/every", "[{\"ID\":\"a\",\"1995\":1},{\"ID\":\"b\",\"1995\":2}]");
    page.navigate("about:blank");
    page.navigate(fixture.address() + "#/every");

    assertThat(page.locator("thead th")).hasText(new String[] {"ID", "1995"});
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "320, LIGHT"})
  void layout_onAPhone_bodyDoesNotScrollSideways(int width, ColorScheme scheme) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    page.navigate(fixture.address() + "#/clerk/01/sales/1995");
    assertThat(page.locator("figcaption")).hasText("TOTAL by MONTH");
    assertThat(tab.sideways()).isZero();
    PageFixture.picture(tab, "query-" + width + "-" + scheme);
    choose("types");
    assertThat(tab.sideways()).isZero();
  }

  private void open(Browser.NewContextOptions options) {
    tab = fixture.open(options);
    page = tab.page();
    assertThat(page.getByLabel("Ids, separated")).isEnabled();
  }

  private void choose(String name) {
    page.getByLabel("Dataset or query").selectOption(name);
  }

  private static String curl(String path) {
    URI address = URI.create(fixture.service().address());
    return "curl '" + address + path + "'";
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator.FilterOptions named(String text) {
    return new Locator.FilterOptions().setHasText(Pattern.compile("^" + text + "$"));
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)).click();
  }

  private void fake(String path, String body) {
    page.route(
        Pattern.compile(path + "(\\?|$)"),
        route -> route.fulfill(new FulfillOptions().setBody(body)));
  }
}
