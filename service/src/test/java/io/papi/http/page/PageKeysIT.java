package io.papi.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test page asks by a dataset's other keys, and sends ids in a body. */
final class PageKeysIT {
  /**
   * As a person types it: one value with a comma, and one with all else that makes a value hard.
   */
  private static final String HARD =
      "\"a,b@example.com\"\nit's 100% \"o/é\"?#&\njöhn+x@example.com";

  private static PageFixture fixture;

  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private Tab tab;
  private Page page;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    fixture = PageFixture.startWithKeys(folder);
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
  void open_offersEachKey_theOwnOneBeforeTheOthers() {
    assertThat(page.locator("#dataset option"))
        .hasText(new String[] {"customer", "people by ID", "people by card", "people by email"});
    choose("people/email");
    assertThat(page.locator("#ids")).hasAttribute("placeholder", "values of EMAIL");
    assertThat(page.locator("#ids")).hasValue("");
    assertThat(page.locator("#fields option").nth(1)).hasText("view short: NAME, ID");
    choose("people/card");
    assertThat(page.locator("#ids")).hasValue("1,2,3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#people/email/jane@example.com?shape=map",
        "#people/email/a%2Cb@example.com,it%27s%20100%25%20%22o%2F%C3%A9%22%3F%23%26",
        "#people/card/71,70?view=short&missing=default",
        "#people/2"
      })
  void link_byAnyKey_isAnsweredAndKept(String link) {
    page.navigate(fixture.address() + link);
    String path = "/" + link.substring(1);
    assertThat(page.locator("#facts a")).hasText("GET " + path);
    assertThat(page.locator("#facts")).containsText("200 OK");
    assertThat(page.locator(".note")).hasCount(0);
    page.reload();
    assertThat(page.locator("#facts a")).hasText("GET " + path);
    press("Look up");
    assertThat(page.locator("#requests li")).hasCount(2);
    assertThat(page).hasURL(fixture.address() + link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "body"})
  void ask_hardValues_areFoundInOrder(String sent) {
    choose("people/email");
    page.getByLabel("Ids sent").selectOption(sent);
    ask(HARD);
    assertThat(page.locator(".line")).containsText("3 rows for 3 ids in");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"3", "4", "2"});
    assertThat(page.locator(".note")).hasCount(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "body"})
  void ask_otherSpellingsOfOneAddress_areOneId(String sent) {
    choose("people/email");
    page.getByLabel("Ids sent").selectOption(sent);
    ask("JANE@Example.com,jane@example.COM,Nobody@example.com");
    assertThat(page.locator(".line")).containsText("1 row for 2 ids in");
    assertThat(page.locator(".note.missing")).hasText("Not found: nobody@example.com");
  }

  /** Texts are never trimmed, as they may end with a blank. */
  @Test
  void ask_blanks_stayInThePath_andInTheBody() {
    choose("people/email");
    ask(" two  blanks ");
    assertThat(page.locator("#facts a")).hasText("GET /people/email/%20two%20%20blanks%20");
    assertThat(page).hasURL(fixture.address() + "#people/email/%20two%20%20blanks%20");
    assertThat(page.locator("#command"))
        .hasText("curl '" + fixture.service().address() + "/people/email/%20two%20%20blanks%20'");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"5"});
    page.reload();
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"5"});
    assertThat(page.locator("#ids")).hasValue(" two  blanks ");
    page.getByLabel("Ids sent").selectOption("body");
    ask("two  blanks, two  blanks ");
    assertThat(page.locator(".line")).containsText("1 row for 2 ids in");
    assertThat(page.locator("#command").textContent())
        .contains("{\"ids\":[\"two  blanks\",\" two  blanks \"]}");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"5"});
  }

  @ParameterizedTest
  @CsvSource({
    "path, 'jane@example.com,,x@y', id 2 is empty",
    "body, 'jane@example.com,,x@y', id 2 is empty",
    "path, aaaaaaaaaabbbbbbbbbbccccccccccddddddddddd, has 41 characters, the most are 40",
    "body, aaaaaaaaaabbbbbbbbbbccccccccccddddddddddd, has 41 characters, the most are 40"
  })
  void ask_valueThatCannotBe_saysWhich(String sent, String values, String reason) {
    choose("people/email");
    page.getByLabel("Ids sent").selectOption(sent);
    ask(values);
    assertThat(page.locator(".line")).containsText("400 Bad Request");
    assertThat(page.locator(".note.bad")).containsText(reason);
    assertThat(page.locator("#rows")).isHidden();
    assertThat(page.locator("#requests .from")).hasText("400 Bad Request");
  }

  @Test
  void command_ofHardValues_asksForTheSame() {
    choose("people/email");
    ask(HARD);
    press("JSON");
    String shown = page.locator("#json").textContent().replaceAll("\\s", "");
    String address = fixture.service().address();
    List<String> got = ShellWords.of(page.locator("#command").textContent());
    assertThat(got).hasSize(2).first().isEqualTo("curl");
    String path = got.getLast().substring(address.length());
    assertThat(fixture.service().client().get(path).body().replaceAll("\\s", "")).isEqualTo(shown);

    page.getByLabel("Ids sent").selectOption("body");
    List<String> posted = ShellWords.of(page.locator("#command").textContent());
    assertThat(posted.getLast()).isEqualTo(address + "/people/email");
    String answer = fixture.service().client().postJson("/people/email", posted.get(4)).body();
    assertThat(answer.replaceAll("\\s", "")).isEqualTo(shown);
  }

  /** A platform asks for the one who gets the message, by an address and not by the table's key. */
  @ParameterizedTest
  @ValueSource(strings = {"path", "body"})
  void textForAPlatform_asksByTheRecipientsAddress(String sent) {
    choose("people/email");
    page.getByLabel("Ids sent").selectOption(sent);
    ask("jane@example.com");
    page.locator("#platform").selectOption("Braze");
    assertThat(page.locator("#command")).containsText("${email_address}");
    assertThat(page.locator("#command")).containsText("/people/email");
    assertThat(page.locator("#command")).not().containsText("jane");
    assertThat(page.locator("#command"))
        .containsText(sent.equals("body") ? ":method post" : "?shape=object");
  }

  @Test
  void body_asked_standsInNoAddress_norInTheHistory() {
    page.onRequest(request -> addresses.add(request.url()));
    page.onFrameNavigated(frame -> addresses.add(frame.url()));
    choose("people/email");
    page.getByLabel("Ids sent").selectOption("body");
    page.getByLabel("Shape").selectOption("map");
    ask("jane@example.com");
    assertThat(page.locator("tbody td"))
        .hasText(new String[] {"1", "jane@example.com", "Jane", "70"});
    assertThat(page.locator("#facts")).containsText("POST /people/email");
    assertThat(page.locator("#facts"))
        .containsText("{\"ids\":[\"jane@example.com\"],\"shape\":\"map\"}");
    assertThat(page).hasURL(fixture.address() + "#people/email/?shape=map");
    picture("body");
    ask("jane@example.com,jöhn+x@example.com");
    assertThat(page.locator("#requests li")).hasCount(2);
    page.goBack();
    assertThat(page).hasURL(fixture.address());
    page.goForward();
    assertThat(page).hasURL(fixture.address() + "#people/email/?shape=map");
    assertThat(addresses)
        .contains(
            fixture.service().address() + "/people/email",
            fixture.address() + "#people/email/?shape=map",
            fixture.address());
    assertThat(String.join(" ", addresses)).doesNotContain("jane", "hn+x", "hn%2Bx");
    assertThat(page.evaluate("history.state")).isNull();
    assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
  }

  @Test
  void body_askedAgain_underTheSameAddress_isAsked() {
    choose("people/email");
    page.getByLabel("Ids sent").selectOption("body");
    ask("jane@example.com");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"1"});
    ask("jöhn+x@example.com");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"2"});
    assertThat(page.locator("#requests .ids"))
        .hasText(
            new String[] {
              "POST people/email jöhn+x@example.com", "POST people/email jane@example.com"
            });
    choose("people/card");
    page.getByLabel("Ids sent").selectOption("path");
    ask("72");
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"3"});
    page.locator("#requests button").last().click();
    assertThat(page.locator("tbody td:first-child")).hasText(new String[] {"1"});
    assertThat(page.locator("#dataset")).hasValue("people/email");
    assertThat(page.locator("#ids")).hasValue("jane@example.com");
  }

  @Test
  void body_itsLink_opensTheForm_andAsksNothing() {
    page.onRequest(request -> addresses.add(request.method()));
    page.navigate("about:blank");
    page.navigate(fixture.address() + "#people/email/?shape=object&view=short");
    assertThat(page.locator("#outcome")).containsText("Fill them in and press Enter");
    assertThat(page.locator("#dataset")).hasValue("people/email");
    assertThat(page.getByLabel("Ids sent")).hasValue("body");
    assertThat(page.getByLabel("Shape")).hasValue("object");
    assertThat(addresses).doesNotContain("POST");
    ask("jane@example.com");
    assertThat(page.locator("thead th")).hasText(new String[] {"id", "NAME", "ID"});
    assertThat(page.locator("tbody td")).hasText(new String[] {"Jane", "1"});
  }

  @ParameterizedTest
  @CsvSource({
    "people/email, jane@example.com, map, omit, ''",
    "people/email, 'jane@example.com,x@example.com', array, default, view:short",
    "people/email, 'x@example.com,jane@example.com', map, default, ''",
    "people, '3,9,1', map, not-found, view:short",
    "people/card, 73, object, omit, ''"
  })
  void body_anyForm_isAnsweredAsThePathIs(
      String dataset, String ids, String shape, String missing, String fields) {
    choose(dataset);
    page.getByLabel("Shape").selectOption(shape);
    page.getByLabel("Ids without").selectOption(missing);
    page.getByLabel("Fields").selectOption(fields);
    ask(ids);
    assertThat(page.locator("#requests li")).hasCount(1);
    String line = page.locator(".line").textContent();
    String table = page.locator("#table").innerHTML();
    String json = page.locator("#json").textContent();
    List<String> notes = page.locator(".note").allTextContents();
    page.getByLabel("Ids sent").selectOption("body");
    ask(ids);
    assertThat(page.locator("#requests li")).hasCount(2);
    assertThat(page.locator(".line").textContent().split(" in ", -1)[0])
        .isEqualTo(line.split(" in ", -1)[0]);
    assertThat(page.locator("#table").innerHTML()).isEqualTo(table);
    assertThat(page.locator("#json").textContent()).isEqualTo(json);
    assertThat(page.locator(".note").allTextContents()).isEqualTo(notes);
  }

  @Test
  void body_ofALongList_isTaken_whereThePathIsNot() {
    String ids = IntStream.rangeClosed(1, 1_000).mapToObj(Integer::toString).collect(joining("\n"));
    choose("customer");
    ask(ids);
    assertThat(page.locator(".note.bad")).hasText("more than 5 ids");
    page.getByLabel("Ids sent").selectOption("body");
    ask(ids);
    assertThat(page.locator(".line")).containsText("1000 rows for 1000 ids in");
    assertThat(tab.sideways()).isZero();
    picture("long-body");
    ask(ids + " 1001");
    assertThat(page.locator(".note.bad")).hasText("more than 1000 ids");
  }

  @Test
  void body_withoutAnAnswer_saysWhatWasAsked() {
    page.route("**/people/email", route -> route.abort());
    choose("people/email");
    page.getByLabel("Ids sent").selectOption("body");
    ask("jane@example.com");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The service was not reached");
    assertThat(page.locator("#facts")).containsText("POST /people/email");
  }

  @Test
  void chosen_body_staysForOtherDatasets() {
    page.getByLabel("Ids sent").selectOption("body");
    choose("people");
    assertThat(page.getByLabel("Ids sent")).hasValue("body");
    assertThat(page.locator("#command"))
        .hasText(
            "curl -H 'Content-Type: application/json' -d '{\"ids\":[\"1\",\"2\",\"3\"]}' '"
                + fixture.service().address()
                + "/people'");
  }

  @ParameterizedTest
  @CsvSource({
    "1280, LIGHT, keys-desktop",
    "1280, DARK, keys-dark",
    "390, DARK, keys-phone-dark",
    "320, LIGHT, keys-narrow"
  })
  void page_withABody_isNotWiderThanItsWindow(int width, ColorScheme scheme, String name) {
    tab.close();
    open(new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    choose("people/email");
    page.getByLabel("Ids sent").selectOption("body");
    ask(HARD);
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.locator("#platform").selectOption("Braze");
    picture(name);
    assertThat(tab.sideways()).isZero();
    ask("o".repeat(200) + "@example.com");
    assertThat(page.locator(".note.bad")).containsText("has 212 characters");
    picture(name + "-refused");
    assertThat(tab.sideways()).isZero();
    page.getByLabel("Ids sent").selectOption("path");
    ask("jane@example.com,o@" + "e".repeat(36));
    assertThat(page.locator(".note.missing")).containsText("Not found: o@eee");
    picture(name + "-path");
    assertThat(tab.sideways()).isZero();
  }

  private void open(Browser.NewContextOptions options) {
    tab = fixture.open(options);
    page = tab.page();
    assertThat(page.getByLabel("Ids, separated")).isEnabled();
  }

  private void choose(String dataset) {
    page.getByLabel("Dataset or query").selectOption(dataset);
  }

  private void ask(String ids) {
    page.getByLabel("Ids, separated").fill(ids);
    page.getByLabel("Ids, separated").press("Enter");
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)).click();
  }

  private void picture(String name) {
    PageFixture.picture(tab, name);
  }
}
