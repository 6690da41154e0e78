package io.papi.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.papi.testing.CapturedLog;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a page of another site can do in a real browser: by asking across sites, and by leading its
 * own name to the service once it is loaded.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherSitesIT {
  private static final String EVIL = "http://evil.example:";

  /** Its name is in the configuration. */
  private static final String OWN = "http://papi.example:";

  private Chromium chromium;
  private TestService service;
  private TestClient client;
  private RebindingSite callers;
  private RebindingSite operators;

  @BeforeAll
  void start(@TempDir Path files) throws Exception {
    chromium = Chromium.launch("--host-resolver-rules=MAP *.example 127.0.0.1");
    Path file = files.resolve("papi.conf");
    Files.writeString(
        file,
        """
        host-names = [papi.example]
        """);
    service = TestService.start(Map.of("PAPI_CONFIG", file.toString()));
    client = service.client();
    callers = new RebindingSite(URI.create(service.address()).getPort());
    operators = new RebindingSite(URI.create(service.adminAddress()).getPort());
  }

  @AfterAll
  void stop() throws Exception {
    service.close();
    callers.close();
    operators.close();
    chromium.close();
  }

  /** What a page of {@code address} gets when it asks for {@code url}. */
  private Object asked(String address, String url, String method) {
    try (BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(address);
      return page.evaluate(
          "([url, method]) => fetch(url, {method}).then(async a => a.status + ' ' + await"
              + " a.text())",
          new String[] {url, method});
    }
  }

  @Test
  void pageThatLeadsItsNameHere_canNeitherReadNorErase() {
    double before = refused("foreign-host");
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(asked(EVIL + callers.port() + "/page", "/customer/1", "GET"))
          .asString()
          .startsWith("421 ")
          .doesNotContain("C_CUSTOMER_SK");
      assertThat(asked(EVIL + operators.port() + "/page", "/metrics", "GET"))
          .asString()
          .startsWith("421 ")
          .doesNotContain("papi_");
      assertThat(asked(EVIL + operators.port() + "/page", "/cache/customer/1", "DELETE"))
          .asString()
          .startsWith("421 ");
      assertThat(log.lines("invalidated")).isEmpty();
    }
    // a browser may ask for an icon too, and again after a 421
    assertThat(refused("foreign-host")).isGreaterThanOrEqualTo(before + 3);
  }

  @Test
  void pageThatLeadsItsNameHere_andSaysThatItIsNoBrowser_cannotReadEither() {
    try (BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(EVIL + callers.port() + "/page");
      Object answer =
          page.evaluate(
              """
              () => fetch('/customer/1', {
                referrerPolicy: 'no-referrer',
                headers: {'User-Agent': 'curl/8.5.0', 'Accept-Language': '*'},
              }).then(async a => a.status + ' ' + await a.text())
              """);
      assertThat(answer).asString().startsWith("421 ").doesNotContain("C_CUSTOMER_SK");
    }
  }

  @Test
  void pageOfAnotherSite_canNeitherReadNorErase() {
    try (CapturedLog log = CapturedLog.open()) {
      String page = EVIL + callers.port() + "/page";
      assertThatThrownBy(() -> asked(page, service.address() + "/customer/1", "GET"))
          .isInstanceOf(PlaywrightException.class)
          .hasMessageContaining("Failed to fetch");
      String erase = service.adminAddress() + "/cache/customer/1";
      assertThatThrownBy(() -> asked(page, erase, "DELETE"))
          .isInstanceOf(PlaywrightException.class)
          .hasMessageContaining("Failed to fetch");
      assertThat(log.lines("invalidated")).isEmpty();
    }
  }

  @Test
  void pageOfItsOwn_reads_byEachOfItsNames() {
    for (String host : new String[] {OWN, "http://localhost:", "http://127.0.0.1:"}) {
      String own = host + URI.create(service.address()).getPort();
      assertThat(asked(own + "/test", "/customer/1", "GET"))
          .asString()
          .startsWith("200 ")
          .contains("C_CUSTOMER_SK");
      String ownAdmin = host + URI.create(service.adminAddress()).getPort();
      assertThat(asked(ownAdmin + "/status", "/cache/customer/1", "DELETE"))
          .asString()
          .startsWith("200 ");
    }
  }

  private double refused(String reason) {
    return client.metric("papi_requests_refused_total", "reason=\"" + reason + "\"");
  }
}
