package io.papi.http.page;

import com.microsoft.playwright.Browser;
import io.papi.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A browser, and a service with the built-in datasets, a view, default rows, and a dataset of a CSV
 * file that is there by configuration alone.
 */
final class PageFixture implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "test-page");

  private final Chromium chromium;
  private final TestService service;

  private PageFixture(Chromium chromium, TestService service) {
    this.chromium = chromium;
    this.service = service;
  }

  /** Starts both; the files of the configuration are written into {@code folder}. */
  static PageFixture start(Path folder) throws IOException {
    Chromium chromium = Chromium.launch();
    try {
      return new PageFixture(chromium, startService(folder));
    } catch (IOException | RuntimeException e) {
      chromium.close();
      throw e;
    }
  }

  private static TestService startService(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("tea.csv"),
        """
        id,2024,name
        sen cha,5,Sencha
        "it's 100% o/é?",6,Oolong
        """);
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            embedded-tables.teas.from = tea.csv
            datasets.tea {
              table = teas, key = id, key-type = text, key-length = 20
              shape = map, default-row { NAME = tea }
            }
            datasets.customer {
              default-row { C_FIRST_NAME = friend }
              views { mail = [C_FIRST_NAME, C_EMAIL_ADDRESS] }
            }
            """);
    return TestService.start(
        Map.of(
            "PAPI_CONFIG",
            file.toString(),
            "PAPI_ROWS",
            "200",
            "PAPI_DEADLINE",
            "10s",
            "PAPI_DATASETS_PRODUCT_ENABLED",
            "true",
            "PAPI_DATASETS_STORE_ENABLED",
            "true"));
  }

  TestService service() {
    return service;
  }

  /** Where the page is. */
  String address() {
    return service.address() + "/test";
  }

  /** Opens the page; an answer to it may be an error. */
  Tab open(Browser.NewContextOptions options) {
    return Tab.open(chromium, options, address(), "/");
  }

  static void picture(Tab tab, String name) {
    tab.picture(PICTURES.resolve(name + ".png"));
  }

  @Override
  public void close() {
    service.close();
    chromium.close();
  }
}
