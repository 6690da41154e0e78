package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request of the test page as a link, and as a command for a shell. */
final class PageCommandIT {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#customer/3,1?shape=map&fields=C_LAST_NAME,C_CUSTOMER_SK&missing=default",
        "#customer/7?shape=object&view=mail&missing=not-found",
        "#customer/7?missing=default&unavailable=default",
        "#tea/it%27s%20100%25%20o%2F%C3%A9%3F?shape=object&fields=NAME"
      })
  void link_keepsWhatWasChosen(String link) {
    page.navigate(fixture.address() + link);
    String path = "/" + link.substring(1);
    assertThat(page.locator("#facts a")).hasText("GET " + path);
    page.reload();
    assertThat(page.locator("#facts a")).hasText("GET " + path);
    press("Look up");
    assertThat(page.locator("#requests li")).hasCount(2);
    assertThat(page).hasURL(fixture.address() + link);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#customer/1,2?shape=tree | shape is tree: write array, object or map",
        "#customer/1?view=x | view is x: write mail",
        "#customer/1?fields=NO | fields has NO: write names of columns",
        "#nothere/1 | This service has no dataset nothere."
      })
  void link_thatCannotBe_saysSo(String link, String reason) {
    page.navigate(fixture.address() + link);

    assertThat(page.locator(".note.bad")).containsText(reason);
    assertThat(page.locator("#rows")).isHidden();
  }

  @ParameterizedTest
  @CsvSource({
    "'#customer/1,2', false",
    "'#customer/1?shape=map&fields=C_LAST_NAME', true",
    "'#tea/it%27s%20100%25%20o%2F%C3%A9%3F,%24x', false"
  })
  void command_inAShell_asksForTheSame(String link, boolean pastCaches) {
    page.navigate(fixture.address() + link);
    page.getByLabel("Read past the caches").setChecked(pastCaches);
    String command = page.locator("#command").textContent();

    List<String> words = ShellWords.of(command);
    URI address = URI.create(words.getLast());
    assertThat(words.getFirst()).isEqualTo("curl");
    assertThat(words.contains("Cache-Control: no-cache")).isEqualTo(pastCaches);
    assertThat(address)
        .hasHost("localhost")
        .hasPort(URI.create(fixture.service().address()).getPort());
    String path =
        address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    press("JSON");
    String shown = page.locator("#json").textContent().replaceAll("\\s", "");
    assertThat(fixture.service().client().get(path).body().replaceAll("\\s", "")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"'#customer/1,2?shape=map', customer", "'#tea/it%27s%20100%25%20o%2F%C3%A9%3F', tea"})
  void command_thatPosts_asksForTheSame(String link, String dataset) {
    page.navigate(fixture.address() + link);
    assertThat(page.locator("#requests li")).hasCount(1);
    page.getByLabel("Ids sent").selectOption("body");
    List<String> words = ShellWords.of(page.locator("#command").textContent());

    assertThat(words.subList(0, 4))
        .containsExactly("curl", "-H", "Content-Type: application/json", "-d");
    assertThat(words.get(5)).isEqualTo(fixture.service().address() + "/" + dataset);
    press("JSON");
    String shown = page.locator("#json").textContent().replaceAll("\\s", "");
    String posted = fixture.service().client().postJson("/" + dataset, words.get(4)).body();
    assertThat(posted.replaceAll("\\s", "")).isEqualTo(shown);
  }

  @Test
  void platform_chosen_staysForOtherDatasets_andItsTextIsCopied() {
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.locator("#platform").selectOption("Braze");
    assertThat(page.locator("#command")).containsText("/customer/{{id}}?shape=object :cache");
    page.getByLabel("Dataset or query").selectOption("tea");
    page.getByLabel("Shape").selectOption("array");
    assertThat(page.locator("#platform")).hasValue("Braze");
    assertThat(page.locator("#command")).containsText("/tea/{{id}}?shape=object :cache");
    press("Copy");
    assertThat(page.locator("#copied")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo(page.locator("#command").textContent());
  }

  @ParameterizedTest
  @CsvSource({
    "1280, LIGHT, paste-desktop",
    "1280, DARK, paste-dark",
    "390, LIGHT, paste-phone",
    "320, DARK, paste-narrow"
  })
  void page_withATextToPaste_isNotWiderThanItsWindow(int width, ColorScheme scheme, String name) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    page.locator("#platform").selectOption("Iterable");
    PageFixture.picture(tab, name);
    assertThat(tab.sideways()).isZero();
  }

  @Test
  void copy_allowed_isInTheClipboard() {
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.getByLabel("Shape").selectOption("map");
    press("Copy");

    assertThat(page.locator("#copied")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("curl '" + fixture.service().address() + "/customer/1,2,3?shape=map'");
    page.getByLabel("Shape").selectOption("array");
    assertThat(page.locator("#copied")).isEmpty();
  }

  @Test
  void copy_withoutClipboard_isDoneTheOlderWay() {
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    press("Copy");

    assertThat(page.locator("#copied")).hasText("Copied");
  }

  @Test
  void copy_refused_leavesTheCommandSelected() {
    page.evaluate(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));"
            + " document.execCommand = () => false");
    press("Copy");

    assertThat(page.locator("#copied")).hasText("Selected: copy it with Ctrl+C or ⌘C");
    assertThat(page.evaluate("String(getSelection())"))
        .isEqualTo(page.locator("#command").textContent());
  }

  private void open(Browser.NewContextOptions options) {
    tab = fixture.open(options);
    page = tab.page();
    assertThat(page.getByLabel("Ids, separated")).isEnabled();
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)).click();
  }
}
