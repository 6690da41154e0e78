package io.papi.http.page;

import java.util.Map;
import java.util.TreeMap;

/**
 * A page for people: a document and the files that it loads, all from this service. What several
 * pages have in common lies in {@code web}.
 */
public final class WebPage {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final Map<String, String> COMMON =
      Map.of(
          "base.css",
          STYLE,
          "icon.svg",
          "image/svg+xml",
          "element.js",
          SCRIPT,
          "json.js",
          SCRIPT,
          "clipboard.js",
          SCRIPT,
          "shell.js",
          SCRIPT);

  private WebPage() {}

  /**
   * All of a page by path: {@code page.html} of a folder beside this class at {@code /<folder>},
   * its style sheet and {@code files}, which are scripts and more style sheets, under that.
   */
  public static Map<String, Page> pages(String folder, String... files) {
    String path = "/" + folder;
    Map<String, Page> pages = new TreeMap<>();
    pages.put(path, Page.ofFile("text/html; charset=utf-8", folder + "/page.html"));
    pages.put(path + "/page.css", Page.ofFile(STYLE, folder + "/page.css"));
    for (String file : files) {
      String type = file.endsWith(".css") ? STYLE : SCRIPT;
      pages.put(path + "/" + file, Page.ofFile(type, folder + "/" + file));
    }
    COMMON.forEach((name, type) -> pages.put(path + "/" + name, Page.ofFile(type, "web/" + name)));
    return pages;
  }
}
