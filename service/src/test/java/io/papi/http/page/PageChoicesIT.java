package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be chosen on the test page: dataset, shape, fields, and what stands for ids without a
 * row.
 */
final class PageChoicesIT {
  /** Where the form's last parts and the switch are, and how wide the page is. */
  private static final String PLACES =
      """
      () => ['command', 'copy', 'outcome', 'switch']
          .map((id) => document.getElementById(id).getBoundingClientRect())
          .map(({ left, top }) => `${left} ${top}`)
          .join()
      """;

  private static PageFixture fixture;

  private Tab tab;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    fixture = PageFixture.start(folder);
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
  void open_offersWhatTheDatasetHas() {
    assertThat(page.locator("#dataset option"))
        .hasText(new String[] {"customer", "product", "store", "tea"});
    assertThat(page.locator("#shape option"))
        .hasText(new String[] {"array, as configured", "object, for one id", "map"});
    assertThat(page.locator("#missing option")).hasCount(4);
    assertThat(page.locator("#fields option").nth(1))
        .hasText("view mail: C_FIRST_NAME, C_EMAIL_ADDRESS");
    assertThat(page.locator("#columns")).isHidden();

    page.getByLabel("Dataset").selectOption("product");
    assertThat(page.locator("#missing option"))
        .hasText(
            new String[] {
              "omit: nothing in their place, as configured", "not-found: 404 if none has one"
            });
    assertThat(page.locator("#fields option")).hasCount(2);
    assertThat(page.locator("#boxes .name").first()).hasText("I_ITEM_SK");
  }

  @Test
  void submit_map_showsWhatWasFoundAndWhatIsMissing() {
    page.getByLabel("Shape").selectOption("map");
    ask("3,1,999999999");

    assertThat(page.locator(".line")).containsText("2 rows for 3 ids in");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"3", "1"});
    assertThat(page.locator(".note.missing")).hasText("Not found: 999999999");
    assertThat(page).hasURL(fixture.address() + "#customer/3,1,999999999?shape=map");
    assertThat(page.locator("#requests .ids")).hasText("customer 3,1,999999999 shape=map");
    press("JSON");
    // In the order that was sent, though a script has the member 1 first.
    assertThat(page.locator("#json"))
        .containsText(Pattern.compile("\"found\": .\n    \"3\": .*\n    \"1\": ", Pattern.DOTALL));
    assertThat(page.locator("#json")).containsText("\"missing\": [\n    \"999999999\"\n  ],");
    assertThat(page.locator("#json")).containsText("\"unavailable\": []\n}");
    PageFixture.picture(tab, "map");
  }

  @Test
  void submit_object_showsTheRow() {
    page.getByLabel("Shape").selectOption("object");
    page.getByLabel("Fields").selectOption("view:mail");
    ask("7");

    assertThat(page.locator("th"))
        .hasText(new String[] {"id", "C_FIRST_NAME", "C_EMAIL_ADDRESS", "7"});
    assertThat(page.locator("#facts a")).hasText("GET /customer/7?shape=object&view=mail");
    ask("999999999");
    assertThat(page.locator(".note.missing")).hasText("Not found: 999999999");
    press("JSON");
    assertThat(page.locator("#json")).hasText("{}");
  }

  @Test
  void submit_columnsByKeyboard_areInTheOrderTicked() {
    page.getByLabel("Ids, separated").focus();
    page.keyboard().press("Tab");
    assertThat(page.getByLabel("Shape")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.getByLabel("Ids without a row")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.getByLabel("Fields")).isFocused();
    page.keyboard().type("columns");
    page.keyboard().press("Tab");
    // The frame of the columns scrolls, so the keyboard may stop there first.
    Locator first = page.getByLabel("C_CUSTOMER_SK");
    first.focus();
    page.getByLabel("C_LAST_NAME").press("Space");
    page.getByLabel("C_FIRST_NAME").press("Space");
    assertThat(page.locator("#boxes .place:not(:empty)")).hasText(new String[] {"2", "1"});
    page.getByLabel("C_FIRST_NAME").press("Enter");

    assertThat(page.locator("th"))
        .hasText(new String[] {"id", "C_LAST_NAME", "C_FIRST_NAME", "1", "2", "3"});
    assertThat(page).hasURL(fixture.address() + "#customer/1,2,3?fields=C_LAST_NAME,C_FIRST_NAME");
    PageFixture.picture(tab, "columns");
    press("Untick all");
    assertThat(page.locator("#command"))
        .hasText("curl '" + fixture.service().address() + "/customer/1,2,3'");
  }

  @Test
  void submit_defaultRow_isMarked() {
    page.getByLabel("Ids without a row").selectOption("default");
    ask("1,999999999,2");

    assertThat(page.locator("tbody td:first-child"))
        .hasText(new String[] {"1", "default row999999999", "2"});
    assertThat(page.locator(".note")).hasText("Not found, so the default row is shown: 999999999");
    PageFixture.picture(tab, "default");
  }

  @Test
  void submit_notFound_isInPlainWords() {
    page.getByLabel("Ids without a row").selectOption("not-found");
    ask("999999999,888888888");

    assertThat(page.locator(".line")).containsText("404 Not Found in");
    assertThat(page.locator(".note"))
        .hasText(new String[] {"none of these ids has a row", "Not found: 999999999 888888888"});
    assertThat(page.locator("#outcome"))
        .containsText("With missing=omit the same request is answered 200.");
    page.locator("#document summary").click();
    assertThat(page.locator("#document pre")).containsText("\"title\": \"Not Found\",");
    PageFixture.picture(tab, "not-found");
  }

  @Test
  void answer_partialMap_saysApartWhatItLacks() {
    fake(
        """
        {"found":{"2":{"C_FIRST_NAME":"friend"},"1":{"C_FIRST_NAME":"Ann"}},
         "missing":["4"],"unavailable":["5"]}
        """,
        Map.of(
            "X-Papi-Defaulted-Unavailable", "2",
            "Cache-Control", "no-store",
            "Cache-Status", "near; fwd=miss; detail=\"2/4\"",
            "Age", "3"));
    page.navigate(
        fixture.address() + "#customer/1,2,4,5?shape=map&missing=default&unavailable=default");

    assertThat(page.locator("tbody th")).hasText(new String[] {"1", "2default row"});
    assertThat(page.locator(".note"))
        .hasText(
            new String[] {
              "Not found: 4",
              "Could not be answered: 5",
              "Could not be answered, so the default row is shown: 2"
            });
    assertThat(page.locator(".source")).hasText("from this process's memory");
    assertThat(page.locator("#facts"))
        .containsText("oldest row read 3 s ago, not to be kept by a cache");
    assertThat(page.getByLabel("Ids without a row")).hasValue("default+unavailable");
    PageFixture.picture(tab, "partial");
  }

  @Test
  void answer_manyDefaulted_saysHowMany() {
    fake("[{\"C_FIRST_NAME\":\"friend\"}]", Map.of("X-Papi-Defaulted", "count=205"));
    ask("1");

    assertThat(page.locator(".note"))
        .hasText("Not found, so the default row is shown: 205 of the ids");
  }

  @Test
  void ownTable_isServedByConfigurationAlone() {
    page.getByLabel("Dataset").selectOption("tea");
    assertThat(page.getByLabel("Ids, separated")).hasAttribute("placeholder", "values of ID");
    ask("sen cha,it's 100% o/é?,x");

    assertThat(page.locator("th")).hasText(new String[] {"ID", "2024", "NAME"});
    assertThat(page.locator("tbody td:first-child"))
        .hasText(new String[] {"sen cha", "it's 100% o/é?"});
    assertThat(page.locator(".note.missing")).hasText("Not found: x");
    page.getByLabel("Ids without a row").selectOption("default");
    page.getByLabel("Shape").selectOption("array");
    ask("x");
    assertThat(page.locator("tbody td")).hasText(new String[] {"xdefault row", "NULL", "tea"});
    assertThat(page.locator("#facts a")).hasText("GET /tea/x?shape=array&missing=default");
  }

  @Test
  void columns_notKnownYet_areOfferedAfterAnAnswer() {
    String known = fixture.service().client().get("/test/datasets.json").body();
    page.route(
        "**/test/datasets.json",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setBody(known.replaceAll("\"columns\":\\[[^]]*]", "\"columns\":[]"))));
    page.reload();
    page.getByLabel("Fields").selectOption("fields");
    assertThat(page.locator("#unknown-columns")).isVisible();
    page.unroute("**/test/datasets.json");
    ask("1");

    assertThat(page.getByLabel("C_LAST_NAME")).isVisible();
    assertThat(page.locator("#unknown-columns")).isHidden();
  }

  @Test
  void answer_movesNothingAboveIt() {
    ask("1,2,3");
    assertThat(page.locator("#requests li")).hasCount(1);
    Object before = page.evaluate(PLACES);
    page.getByLabel("Shape").selectOption("map");
    ask("4,5,6");
    assertThat(page.locator("#requests li")).hasCount(2);

    assertThat(page.evaluate(PLACES)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "320, LIGHT"})
  void layout_onAPhone_bodyDoesNotScrollSideways(int width, ColorScheme scheme) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    page.navigate(
        fixture.address()
            + "#customer/3,1,999999999?shape=map&fields=C_FIRST_NAME,C_LAST_REVIEW_DATE");
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(tab.sideways()).isZero();
    // The answer is below the columns to choose from, and is scrolled to.
    assertThat(page.locator(".line")).isInViewport();
    PageFixture.picture(tab, "choices-" + width + "-" + scheme);
  }

  private void open(Browser.NewContextOptions options) {
    tab = fixture.open(options);
    page = tab.page();
    assertThat(page.getByLabel("Ids, separated")).isEnabled();
  }

  private void ask(String ids) {
    Locator field = page.getByLabel("Ids, separated");
    field.fill(ids);
    field.press("Enter");
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)).click();
  }

  private void fake(String body, Map<String, String> headers) {
    page.route(
        Pattern.compile("/customer/"),
        route -> route.fulfill(new FulfillOptions().setBody(body).setHeaders(headers)));
  }
}
