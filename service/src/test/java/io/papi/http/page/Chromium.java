package io.papi.http.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium or Chrome of this machine, driven by Playwright, whose own half runs on the
 * machine's Node.js. Neither is downloaded: a machine without them skips what needs a browser.
 */
public final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts one.
   *
   * @param more arguments of the browser
   */
  public static Chromium launch(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    // In a container root has no namespaces for a sandbox, and /dev/shm is small.
    arguments.addAll(List.of("--no-sandbox", "--disable-dev-shm-usage"));
    Path chromium =
        installed("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    Path node = installed("node", "nodejs");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString())));
    LaunchOptions options = new LaunchOptions().setExecutablePath(chromium).setArgs(arguments);
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  public Browser browser() {
    return browser;
  }

  /** The first of {@code names} on the PATH; without any the tests of the caller are skipped. */
  private static Path installed(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Optional<Path> found =
        Stream.of(names)
            .flatMap(
                name ->
                    Arrays.stream(path.split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        () -> "SKIPPED: a browser test needs one of " + List.of(names) + " on the PATH");
    return found.orElseThrow();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
