package io.papi.http.page;

import java.util.Map;
import java.util.TreeMap;

/**
 * A page for people: a document and the files that it loads, all from this service. What several
 * pages have in common lies in {@code web}.
 */
public final class WebPage {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> COMMON =
      Map.of(
          "base.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "element.js", SCRIPT);

  private WebPage() {}

  /**
   * All of a page by path: {@code page.html} of a folder beside this class at {@code /<folder>},
   * its style sheet and the scripts under that.
   */
  public static Map<String, Page> pages(String folder, String... scripts) {
    String path = "/" + folder;
    Map<String, Page> pages = new TreeMap<>();
    pages.put(path, Page.ofFile("text/html; charset=utf-8", folder + "/page.html"));
    pages.put(path + "/page.css", Page.ofFile("text/css; charset=utf-8", folder + "/page.css"));
    for (String script : scripts) {
      pages.put(path + "/" + script, Page.ofFile(SCRIPT, folder + "/" + script));
    }
    COMMON.forEach((name, type) -> pages.put(path + "/" + name, Page.ofFile(type, "web/" + name)));
    return pages;
  }
}
