package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.papi.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams on the test page: their first rows, how fast they come, and how they end. */
final class PageStreamsIT {
  private static final Pattern SOME = Pattern.compile("[1-9][0-9,]*");

  private static PageFixture fixture;

  private Tab tab;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    fixture = PageFixture.startWithStreams(folder);
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
    awaitNone();
  }

  @Test
  void open_offersStreams() {
    assertThat(page.locator("#dataset optgroup[label=Queries] option")).hasText("report");
    assertThat(page.locator("#dataset optgroup[label=Streams] option"))
        .hasText(new String[] {"breaking", "numbers"});
    assertThat(page.getByLabel("Rows at most")).isHidden();

    choose("numbers");
    assertThat(page.getByLabel("Rows at most")).hasAttribute("placeholder", "all");
    assertThat(page.getByLabel("Format")).hasValue("ndjson");
    assertThat(page.getByLabel("Read past the caches")).isHidden();
    assertThat(page.locator("#command")).containsText("/numbers?format=ndjson'");
    page.getByLabel("Rows at most").fill("7");
    assertThat(page.locator("#command")).containsText("/numbers?limit=7&format=ndjson'");

    choose("report");
    assertThat(page.getByLabel("Rows at most")).isHidden();
    assertThat(page.getByLabel("Read past the caches")).isVisible();
    assertThat(page.locator("#command")).containsText("/report'");
  }

  @Test
  void submit_countsAllRowsAndShowsTheFirst() {
    choose("numbers");
    page.getByLabel("to", exact()).fill("12345");
    page.getByLabel("to", exact()).press("Enter");

    assertThat(line()).containsText("12,345 rows in ");
    assertThat(page.locator("#outcome .note"))
        .hasText("The stream came to its end: this is the whole of it. The first 100 are shown.");
    assertThat(page.locator("thead th")).hasText(new String[] {"NUMBER", "NAME", "QUARTER"});
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(page.locator("tbody tr").last().locator("td").nth(1)).hasText("row 100");
    assertThat(figure("Rows")).hasText("12,345");
    assertThat(figure("Rows/s, on average")).hasText(SOME);
    int bytes = fixture.service().client().get("/numbers?to=12345&format=ndjson").body().length();
    assertThat(figure("Received")).hasText("%.1f kB".formatted(bytes / 1e3));
    assertThat(stopButton()).isDisabled();
    assertThat(page.locator("#facts")).containsText("GET /numbers?to=12345&format=ndjson");
    assertThat(page.locator("#facts")).containsText("200 OK");
    assertThat(page.locator("#requests .ids")).hasText("numbers to=12345");
    assertThat(page.locator("#requests .from")).hasText("12,345 rows");
    press("NDJSON");
    assertThat(page.locator("#json"))
        .containsText("{\"NUMBER\":1,\"NAME\":\"row 1\",\"QUARTER\":0.250}\n{\"NUMBER\":2,");
    page.reload();
    assertThat(page.getByLabel("to", exact())).hasValue("12345");
    assertThat(line()).containsText("12,345 rows in ");
  }

  @ParameterizedTest
  @CsvSource({"3, '3 rows in ', limit", "0, '0 rows in ', limit", "9, '5 rows in ', whole"})
  void submit_withALimit_saysWhetherItEndedThere(String limit, String line, String note) {
    page.navigate(fixture.address() + "#/numbers?to=5&limit=" + limit);

    assertThat(line()).containsText(line);
    assertThat(page.locator("#outcome .note")).containsText(note);
    assertThat(page.getByLabel("Rows at most")).hasValue(limit);
    assertThat(page.locator("#requests .ids")).hasText("numbers to=5 limit=" + limit);
  }

  @Test
  void underWay_showsFirstRowsAndRate_andStops() {
    begin();

    assertThat(line()).hasText("Rows are coming in");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(figure("Rows/s, last second")).hasText(SOME);
    assertThat(page.locator("#result")).hasAttribute("aria-busy", "false");
    PageFixture.picture(tab, "stream");
    stopButton().click();

    assertThat(line()).containsText("Stopped after ");
    assertThat(page.locator("#outcome .note")).containsText("what came is not the whole");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(stopButton()).isDisabled();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Look up"))).isFocused();
    assertThat(page.locator("#requests .from")).hasText("stopped");
    awaitNone();
    PageFixture.picture(tab, "stream-stopped");
  }

  @Test
  void escape_stopsIt() {
    begin();
    page.keyboard().press("Escape");

    assertThat(line()).containsText("Stopped after ");
  }

  @Test
  void stop_beforeTheAnswerBegins_isNoFailure() {
    page.route("**/numbers?*", route -> {});
    choose("numbers");
    press("Look up");
    assertThat(line()).hasText("Waiting for the first row");
    stopButton().click();

    assertThat(line()).hasText("Stopped after 0 rows");
    assertThat(page.locator("#rows")).isHidden();
  }

  @Test
  void store_failsInTheMiddle_saysThatItIsNotTheWhole() {
    page.navigate(fixture.address() + "#/breaking?format=ndjson");

    // A browser drops what it has not handed over when a connection breaks, so fewer are counted.
    assertThat(line()).hasText(Pattern.compile("The stream broke after [1-9][0-9,]* rows"));
    assertThat(page.locator(".note.bad")).containsText("What came is not the whole");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(page.locator("#requests .bad .from")).hasText("broken");
    PageFixture.picture(tab, "stream-broken");
  }

  @Test
  void store_failsAtTheFirstRow_isAProblem() {
    page.navigate(fixture.address() + "#/breaking?at=1");

    assertThat(line()).containsText("502 Bad Gateway in");
    assertThat(page.locator("#rows")).isHidden();
    assertThat(page.locator("#progress")).isHidden();
  }

  @Test
  void asMayRunAtOnce_theNextIsRefused() {
    begin();
    try (Tab other = fixture.open(new Browser.NewContextOptions())) {
      other.page().navigate(fixture.address() + "#/numbers");

      assertThat(other.page().locator(".line")).containsText("503 Service Unavailable in");
      assertThat(other.page().locator(".note.bad")).containsText("streams of this query run");
      assertThat(other.page().locator("#outcome")).containsText("The service asks to wait");
      assertThat(other.page().locator("#outcome")).containsText("as many streams run as may run");
      assertThat(other.page().locator("#progress")).isHidden();
    }
  }

  @Test
  void askAnother_abortsIt() {
    begin();
    page.navigate(fixture.address() + "#/report");

    assertThat(line()).containsText("3 rows in");
    assertThat(page.locator("#progress")).isHidden();
    assertThat(page.locator("#requests .ids")).hasText("report");
    awaitNone();
  }

  @Test
  void leave_abortsIt() {
    begin();
    page.navigate("about:blank");

    awaitNone();
  }

  @Test
  void format_isInTheCommand_andTheRowsAreShownAllTheSame() {
    choose("numbers");
    page.getByLabel("Rows at most").fill("2");
    page.getByLabel("Format").selectOption("xml");
    assertThat(page.locator("#command")).containsText("/numbers?limit=2&format=xml'");
    press("Look up");

    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("#facts a")).hasText("GET /numbers?limit=2&format=ndjson");
    assertThat(page.locator("#files a")).hasText(new String[] {"JSON", "NDJSON", "CSV", "XML"});
    assertThat(page.locator("#files a").last()).hasAttribute("href", "/numbers?limit=2&format=xml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/numbers?limit=-1 | limit is -1, not a whole number",
        "/numbers?after=x | after is x, not a whole number",
        "/numbers?format=pdf | write format=json, ndjson, csv or xml"
      })
  void link_thatCannotBe_saysSo(String path, String reason) {
    page.navigate(fixture.address() + "#" + path);

    assertThat(page.locator(".note.bad")).containsText(reason);
    assertThat(page.locator("#progress")).isHidden();
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "320, LIGHT"})
  void layout_onAPhone_bodyDoesNotScrollSideways(int width, ColorScheme scheme) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    begin();
    assertThat(tab.sideways()).isZero();
    PageFixture.picture(tab, "stream-" + width + "-" + scheme);
  }

  private void open(Browser.NewContextOptions options) {
    tab = fixture.open(options);
    page = tab.page();
    assertThat(page.getByLabel("Dataset or query")).isEnabled();
  }

  /** Begins a stream that does not end by itself, and waits until some of it is there. */
  private void begin() {
    choose("numbers");
    press("Look up");
    assertThat(page.locator("tbody tr")).hasCount(100);
    assertThat(figure("Rows/s, last second")).hasText(SOME);
  }

  private void choose(String name) {
    page.getByLabel("Dataset or query").selectOption(name);
  }

  private Locator line() {
    return page.locator("#outcome .line");
  }

  private Locator figure(String name) {
    return page.locator("#progress dl > div")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.locator("dt")
                        .getByText(name, new Locator.GetByTextOptions().setExact(true))))
        .locator("dd");
  }

  private Locator stopButton() {
    return page.getByRole(AriaRole.BUTTON, named("Stop"));
  }

  private static GetByRoleOptions named(String button) {
    return new GetByRoleOptions().setName(button).setExact(true);
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, named(button)).click();
  }

  /** The service has noticed that nobody reads any more. */
  private static void awaitNone() {
    Await.until(
        "no stream runs",
        () -> fixture.service().client().metric("papi_streams", "dataset=\"numbers\"") == 0);
  }
}
