package io.papi.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser of its own, which must have nothing to complain of. */
final class Tab implements AutoCloseable {
  private final List<String> complaints = new ArrayList<>();
  private final String mayFail;
  private final BrowserContext context;
  private final Page page;

  private Tab(BrowserContext context, String mayFail) {
    this.context = context;
    this.mayFail = mayFail;
    this.page = context.newPage();
  }

  /**
   * Opens a page.
   *
   * @param mayFail a part of the addresses whose answer may be an error, or missing
   */
  static Tab open(
      Chromium chromium, Browser.NewContextOptions options, String address, String mayFail) {
    Tab tab = new Tab(chromium.browser().newContext(options), mayFail);
    tab.page.onConsoleMessage(tab::note);
    tab.page.onPageError(tab.complaints::add);
    tab.page.navigate(address);
    return tab;
  }

  Page page() {
    return page;
  }

  /** By how much the page is wider than its window. */
  int sideways() {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  void picture(Path file) {
    page.screenshot(new ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /** Notes what the browser says, but for its own line on an answer that is an error. */
  private void note(ConsoleMessage message) {
    boolean isFailedLookup =
        message.text().startsWith("Failed to load resource")
            && message.location().contains(mayFail);
    if (!isFailedLookup) {
      complaints.add(message.type() + ": " + message.text());
    }
  }

  /** Ends the tab; the browser had no error, and nothing that the policy forbids. */
  @Override
  public void close() {
    context.close();
    assertThat(complaints).isEmpty();
  }
}
