package io.papi.service.platforms;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.papi.caller.NewKey;
import io.papi.http.page.Chromium;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the pages give to paste makes the request that it should, which is answered: a program is
 * run, and a platform's text is read as the platform reads it.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnippetsIT {
  private static final String KEY = NewKey.random().text();

  /** What makes an id hard: quotes, a comma, a blank, and what an address is made of. */
  private static final String HARD = "it's, \"a+b\" & 100%/é?#{$x}`\\";

  private static final String WITHOUT_BLANK = HARD.replace(" ", "");

  /** Whoever asks by another key than the id. */
  private static final List<String> KEYS = List.of("", "email/", "tea-room/");

  private final JsonMapper mapper = JsonMapper.shared();
  private Chromium chromium;
  private Programs programs;
  private Place open;
  private Place closed;
  private Map<String, Pasted> platforms;

  /** A service with its pages, and a page of it that has no key. */
  private record Place(TestService service, boolean hasKeys, Page test, Page docs, Page keyless) {}

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    chromium = Chromium.launch();
    programs = new Programs(folder);
    open = place(folder, "open.conf", "");
    closed =
        place(
            folder,
            "closed.conf",
            "callers.web { keys-sha256 = [%s], datasets = [tea], queries = [teas] }"
                .formatted(new NewKey(KEY).hash().hex()));
    ServerSideScript script = new ServerSideScript(open.keyless());
    platforms =
        Map.of(
            "Braze",
            new PastedIntoBraze(),
            "Iterable",
            new PastedIntoIterable(),
            "Marketing Cloud AMPscript",
            new PastedIntoAmpscript(script),
            "Marketing Cloud SSJS",
            new PastedIntoSsjs(script),
            "Adobe Journey Optimizer",
            new PastedIntoJourneyOptimizer(),
            "CleverTap",
            new PastedIntoCleverTap());
  }

  private Place place(Path folder, String name, String callers) throws IOException {
    Files.writeString(
        folder.resolve("tea.csv"),
        Stream.of(HARD, WITHOUT_BLANK, "A")
            .map(id -> id.replace("\"", "\"\""))
            .map(id -> "\"%s\",Oolong,6,\"r%s\",\"m%s\"\n".formatted(id, id, id.toLowerCase(ROOT)))
            .reduce("id,name,price,room,mail\n", String::concat));
    Path file =
        Files.writeString(
            folder.resolve(name),
            """
            datasets { customer.enabled = false, product.enabled = false, store.enabled = false }
            embedded-tables.teas.from = tea.csv
            datasets.tea {
              table = teas, key = id, key-type = text, key-length = 40
              keys {
                email { column = mail, type = text, length = 40, fold = lower }
                tea-room { column = room, type = text, length = 40 }
              }
            }
            queries.teas {
              paths = ["/teas/{like}"]
              sql = "SELECT name, price FROM teas WHERE id = :like AND id >= :above"
              parameters.like { type = text, length = 40 }
              parameters.above { type = text, length = 40, default = "!" }
            }
            """
                + callers);
    TestService service =
        TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_DEADLINE", "10s"));
    Browser.NewContextOptions signedIn = new Browser.NewContextOptions();
    signedIn.setHttpCredentials("web", KEY);
    Page test = chromium.browser().newContext(signedIn).newPage();
    test.navigate(service.address() + "/test");
    assertThat(test.locator("#platform")).isEnabled();
    Page docs = test.context().newPage();
    docs.navigate(service.address() + "/docs");
    assertThat(docs.locator("main[aria-busy=false]")).isVisible();
    Page keyless = chromium.browser().newContext().newPage();
    keyless.navigate(service.address() + "/");
    return new Place(service, !callers.isEmpty(), test, docs, keyless);
  }

  @AfterAll
  void stop() {
    Stream.of(open, closed).filter(Objects::nonNull).forEach(each -> each.service().close());
    chromium.close();
  }

  static Stream<Arguments> everything() {
    return Stream.of(
            "Braze",
            "Iterable",
            "Marketing Cloud AMPscript",
            "Marketing Cloud SSJS",
            "Adobe Journey Optimizer",
            "CleverTap")
        .flatMap(name -> Stream.of(true, false).map(hasKeys -> Arguments.of(name, hasKeys)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void platform_aRowByAnyKey_isAnswered(String name, boolean hasKeys) {
    Place place = hasKeys ? closed : open;
    String id =
        switch (name) {
          case "Iterable" -> WITHOUT_BLANK;
          case "Adobe Journey Optimizer" -> "A";
          case String _ -> HARD;
        };
    for (String key : KEYS) {
      Pasted.Request request =
          request(name, pasted(place, name, "#tea/" + key + "A?shape=map"), id);
      assertThat(request.body()).isEmpty();
      isAnsweredWithARow(name, request, id);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void platform_aRowAskedForInABody_isAnswered_andTheAddressHasNoId(String name, boolean hasKeys) {
    Place place = hasKeys ? closed : open;
    boolean canPost = !name.equals("Iterable") && !name.equals("CleverTap");
    String id = name.equals("Iterable") ? WITHOUT_BLANK : HARD;
    for (String key : KEYS) {
      String text = pasted(place, name, "#tea/" + key + "?shape=map&fields=NAME,ID");
      Pasted.Request request = request(name, text, id);
      assertThat(request.body().isPresent()).isEqualTo(canPost);
      if (canPost) {
        assertThat(request.address()).hasPath(("/tea/" + key).replaceFirst("/$", "")).hasNoQuery();
      } else {
        assertThat(note(place)).contains("can only GET");
      }
      isAnsweredWithARow(name, request, id);
    }
  }

  /** AMPscript makes rows of an array; the others want an object. */
  private void isAnsweredWithARow(String name, Pasted.Request request, String id) {
    HttpResponse<String> answer = called(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = mapper.readTree(answer.body());
    assertThat(body.isObject()).isEqualTo(!name.endsWith("AMPscript"));
    JsonNode row = body.isObject() ? body : body.path(0);
    assertThat(row.path("ID").asString()).isEqualTo(id);
    assertThat(row.path("NAME").asString()).isEqualTo("Oolong");
  }

  @ParameterizedTest
  @MethodSource("everything")
  void platform_aReport_isAnswered(String name, boolean hasKeys) {
    Place place = hasKeys ? closed : open;
    HttpResponse<String> report = called(request(name, pasted(place, name, query(HARD)), ""));
    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.body()).contains("Oolong");
    assertThat(report.body().startsWith(name.equals("Iterable") ? "<?xml" : "[{")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void program_aRowAndAReport_arePrinted(boolean hasKeys) {
    Place place = hasKeys ? closed : open;
    place.test().getByLabel("Read past the caches").check();
    for (String name : List.of("curl", "Python", "Java", "JavaScript")) {
      assertThat(printed(place, name, pasted(place, name, "#tea/" + encoded(HARD) + "?shape=map")))
          .contains("Oolong");
      assertThat(printed(place, name, pasted(place, name, "#tea/email/" + encoded("M" + HARD))))
          .contains("Oolong");
      assertThat(printed(place, name, pasted(place, name, query(HARD)))).contains("Oolong");
    }
    place.test().getByLabel("Read past the caches").uncheck();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void program_aRowAskedForInABody_isPrinted(boolean hasKeys) {
    Place place = hasKeys ? closed : open;
    for (String name : List.of("curl", "Python", "Java", "JavaScript")) {
      pasted(place, name, "#tea/email/" + encoded("m" + HARD));
      String text = pasted(place, name, "#tea/email/?shape=map&fields=NAME,ROOM");
      assertThat(text).contains(place.service().address() + "/tea/email").doesNotContain("%20");
      assertThat(printed(place, name, text))
          .contains("found", "Oolong", "ROOM")
          .doesNotContain("PRICE");
    }
  }

  private String printed(Place place, String name, String text) {
    return switch (name) {
      case "curl" -> programs.curl(text, KEY);
      case "Python" -> programs.python(text, KEY);
      case "Java" -> programs.java(text, KEY);
      case String _ -> fetched(place, text);
    };
  }

  /** The examples of the description are what its page gives; each text is the test page's. */
  @ParameterizedTest
  @CsvSource({
    "true, tea, tea/A",
    "false, tea, tea/A",
    "false, tea\\\\.email, tea/email/A",
    "true, post-tea, tea/",
    "false, post-tea\\\\.email, tea/email/"
  })
  void docs_exampleOfADataset_isWhatTheTestPageGives(boolean hasKeys, String id, String address) {
    Place place = hasKeys ? closed : open;
    Locator section = place.docs().locator("#" + id + " .call");
    Locator other = place.docs().locator("#teas .call");
    pasted(place, "curl", "#tea/A");
    for (String name : section.locator("option").allTextContents()) {
      section.locator("select").selectOption(name);
      assertThat(section.locator("pre")).hasText(pasted(place, name, "#" + address));
      assertThat(other.locator("select")).hasValue(name);
    }
  }

  @Test
  void text_ofAnyRequest_hasNoKey_norWithoutCallersAWordOfOne() {
    for (String name : platforms.keySet()) {
      assertThat(pasted(closed, name, "#tea/A")).doesNotContain(KEY);
      assertThat(pasted(closed, name, "#tea/email/")).doesNotContain(KEY);
      for (String address : List.of("#tea/A", "#tea/email/A", "#tea/", "#tea/tea-room/")) {
        assertThat(pasted(open, name, address))
            .doesNotContain("KEY", "Authorization", "basic_auth");
        assertThat(note(open)).doesNotContain("key");
      }
    }
  }

  /** Whoever sends such a link must not write into what another one pastes and runs. */
  @ParameterizedTest
  @ValueSource(strings = {"${alert(1)}", "';alert(1);'", "\\\";x", "{{x}}", "{% x %}", "%%x%%"})
  void link_withCodeInIt_isNoCodeInWhatIsPasted(String code) {
    Page page = open.test();
    for (String name : page.locator("#platform option").allTextContents()) {
      String text = pasted(open, name, "#/teas/A?above=A" + code);
      if (name.startsWith("Adobe")) {
        assertThat(mapper.readTree(text).path("queryParameters").size()).isEqualTo(1);
      } else if (!name.equals("curl")) {
        assertThat(text).as(name).doesNotContain(code);
      }
    }
    for (String name : page.locator("#platform option").allTextContents()) {
      String text = pasted(open, name, "#tea/?shape=A" + code);
      // what is escaped within a text does not end it
      assertThat(text.replace("\\\\", "").replace("\\\"", "")).as(name).doesNotContain(code);
    }
    String command = pasted(open, "curl", "#/teas/A?above=A" + code).substring("curl ".length());
    assertThat(programs.curl("printf '%s\n' " + command, ""))
        .startsWith(open.service().address() + "/teas/A?above=A")
        .hasLineCount(1);
  }

  private static String query(String text) {
    return "#/teas/%s?above=%s".formatted(encoded(text), encoded(text.substring(0, 5)));
  }

  /** The text that the test page gives. */
  private static String pasted(Place place, String name, String address) {
    Page page = place.test();
    page.evaluate(
        "(to) => new Promise((done) => {"
            + " if (location.hash === new URL(to, location).hash) { done(); return; }"
            + " addEventListener('hashchange', () => setTimeout(done), { once: true });"
            + " location.hash = to; })",
        address);
    page.locator("#platform").selectOption(name);
    return page.locator("#command").textContent();
  }

  /** What the test page says beside the text that it gave last. */
  private static String note(Place place) {
    return place.test().locator("#paste-note").textContent();
  }

  /** The platform's request, with the key where its place is in what was pasted. */
  private Pasted.Request request(String name, String text, String id) {
    Recipient recipient = new Recipient(id, "M" + id, "r" + id);
    return Objects.requireNonNull(platforms.get(name)).request(filledIn(text), recipient, KEY);
  }

  private static HttpResponse<String> called(Pasted.Request request) {
    String[] headers = request.headers().toArray(String[]::new);
    try (Calls calls =
        new Calls(
            Duration.ofSeconds(10),
            headers.length == 0 ? new String[] {"Accept", "*/*"} : headers)) {
      return request
          .body()
          .map(body -> calls.post(request.address(), body))
          .orElseGet(() -> calls.get(request.address()))
          .orElseThrow();
    }
  }

  /** A person writes the key where a text names it as a value. */
  private static String filledIn(String text) {
    return text.replace("Bearer PAPI_KEY", "Bearer " + KEY)
        .replace("\"value\": \"PAPI_KEY\"", "\"value\": \"" + KEY + "\"");
  }

  private static String fetched(Place place, String text) {
    return (String)
        place
            .keyless()
            .evaluate(
                "(async () => { const printed = [];"
                    + " await (async (console) => {"
                    + text.replace("'PAPI_KEY'", "'" + KEY + "'")
                    + "})({ log: (each) => printed.push(JSON.stringify(each)) });"
                    + " return printed.join(); })()");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
