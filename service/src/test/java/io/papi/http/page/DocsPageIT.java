package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.papi.testing.EveryKind;
import io.papi.testing.TestService;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of the description in a browser. Pictures of it are left in {@code target/test-page}.
 */
final class DocsPageIT {
  @TempDir private static Path folder;

  private static Chromium chromium;
  private static TestService service;

  private Tab tab;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    service = EveryKind.start(folder);
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
  void open() {
    open("/docs", new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  @AfterEach
  void close() {
    tab.close();
  }

  private void open(String path, Browser.NewContextOptions options) {
    tab = Tab.open(chromium, options, service.address() + path, "/none");
    page = tab.page();
    assertThat(page.locator("main[aria-busy=false]")).isVisible();
  }

  @Test
  void open_everyPathThatIsDescribed_hasASectionAndALinkToIt() {
    List<String> described =
        List.copyOf(
            JsonMapper.shared()
                .readTree(service.client().get("/openapi.json").body())
                .path("paths")
                .propertyNames());
    assertThat(page.locator(".operation h3 a").allTextContents())
        .containsExactlyInAnyOrderElementsOf(described);
    assertThat(
            page.locator("nav a").allTextContents().stream().map(each -> each.replace(" POST", "")))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void section_ofADataset_saysWhatItTakesAndAnswers() {
    Locator customer = page.locator("#customer");
    assertThat(customer).containsText("1 to 5 of them");
    assertThat(customer.locator(".call pre").first())
        .hasText("curl '" + service.address() + "/customer/1885'");
    assertThat(customer.locator(".answers pre").first()).containsText("\"C_FIRST_NAME\": \"text\"");
    customer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("map")).click();
    assertThat(customer.locator(".answers pre").first()).containsText("\"unavailable\": []");
  }

  @Test
  void section_ofAPost_saysWhatItsBodyHas_andGivesItsCall() {
    Locator post = page.locator("#post-customer");
    assertThat(post.locator("h3")).hasText("POST /customer");
    assertThat(post).containsText("1 to 1000 of them");
    assertThat(post).containsText("list of texts or whole numbers");
    assertThat(post.locator(".parameters").first().locator(".name"))
        .hasText(new String[] {"ids", "shape", "fields", "view", "missing", "unavailable"});
    assertThat(post.locator(".call pre").first())
        .hasText(
            "curl -H 'Content-Type: application/json' -d '{\"ids\":[\"1885\"]}' '"
                + service.address()
                + "/customer'");
    assertThat(post.locator(".answers pre").first()).containsText("\"C_FIRST_NAME\": \"text\"");
    post.scrollIntoViewIfNeeded();
    post.locator(".call a").click();
    assertThat(page).hasURL(Pattern.compile(".*/test#customer/$"));
    assertThat(page.getByLabel("Ids sent")).hasValue("body");
    assertThat(page.locator("#outcome")).containsText("Fill them in");
  }

  @Test
  void section_ofAQuery_saysEachParameter_andEachFormat() {
    Locator types = page.locator("#types");
    assertThat(types).containsText("usually 9223372036854775807");
    assertThat(types).containsText("0.5 to 99.5");
    assertThat(types).containsText("light blue");
    assertThat(types.locator(".call pre").first())
        .hasText("curl '" + service.address() + "/types?f=false'");
    types.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("text/csv")).click();
    assertThat(types.locator(".answers pre").first()).containsText("W,D,T,AT_,F,O,P");
  }

  @Test
  void call_copied_isInTheClipboard() {
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.locator("#tea .call button").first().click();
    assertThat(page.locator("#tea .said").first()).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("curl '" + service.address() + "/tea/A'");
  }

  @Test
  void platform_chosen_isChosenInEverySectionThatHasIt() {
    page.locator("#customer .call select").selectOption("Iterable");
    assertThat(page.locator("#tea .call pre")).containsText("{{#urlEncode}}{{{customerId}}}");
    assertThat(page.locator("#few .call pre")).containsText("/few?format=xml");
    assertThat(page.locator("#numbers .call pre")).containsText("curl");
    tab.page().setViewportSize(390, 844);
    PageFixture.picture(tab, "docs-paste-phone");
    assertThat(tab.sideways()).isZero();
  }

  @Test
  void address_namesAPath_isThere() {
    tab.close();
    open("/docs#numbers", new Browser.NewContextOptions().setViewportSize(1280, 900));
    assertThat(page.locator("#numbers h3")).isInViewport();
  }

  @Test
  void links_betweenThisPageAndTheTestPage_leadThereAndBack() {
    page.locator("#customer .call a").click();
    assertThat(page).hasURL(Pattern.compile(".*/test#customer/1885$"));
    assertThat(page.locator("#outcome .line")).containsText("row");
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("All paths")).click();
    assertThat(page).hasURL(Pattern.compile(".*/docs$"));
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Test page").setExact(true))
        .click();
    assertThat(page).hasURL(Pattern.compile(".*/test$"));
  }

  @ParameterizedTest
  @CsvSource({
    "1280, LIGHT, docs-desktop",
    "1280, DARK, docs-dark",
    "390, LIGHT, docs-phone",
    "320, DARK, docs-narrow"
  })
  void page_atAnyWidth_isNotWiderThanItsWindow(int width, ColorScheme scheme, String name) {
    tab.close();
    open(
        "/docs",
        new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    PageFixture.picture(tab, name);
    assertThat(tab.sideways()).isZero();
  }
}
