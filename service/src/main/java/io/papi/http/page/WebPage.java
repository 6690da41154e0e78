package io.papi.http.page;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page for people: a document and the files that it loads, all from this service. What several
 * pages have in common lies in {@code web}.
 */
public final class WebPage {
  private static final List<String> COMMON =
      List.of("base.css", "icon.svg", "element.js", "json.js");

  private WebPage() {}

  /**
   * All of a page by path: {@code page.html} of a folder beside this class at {@code /<folder>},
   * its style sheet and {@code files}, which are scripts and more style sheets, under that.
   */
  public static Map<String, Page> pages(String folder, String... files) {
    String path = "/" + folder;
    Map<String, Page> pages = new TreeMap<>();
    pages.put(path, Page.ofFile("text/html; charset=utf-8", folder + "/page.html"));
    add(pages, path, folder, "page.css");
    for (String file : files) {
      add(pages, path, folder, file);
    }
    COMMON.forEach(file -> add(pages, path, "web", file));
    return pages;
  }

  /** Adds the files that copy and paste calls, for the page at {@code path}. */
  static void addPasting(Map<String, Page> pages, String path) {
    for (String file :
        List.of(
            "addresses.js",
            "body.js",
            "clipboard.js",
            "journey-optimizer.js",
            "languages.js",
            "lines.js",
            "marketing-cloud.js",
            "platforms.js",
            "recipient.js",
            "shell.js",
            "snippets.js")) {
      add(pages, path, "web", file);
    }
  }

  private static void add(Map<String, Page> pages, String path, String folder, String file) {
    pages.put(path + "/" + file, Page.ofFile(typeOf(file), folder + "/" + file));
  }

  private static String typeOf(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case String other -> throw new IllegalArgumentException("no content type for " + other);
    };
  }
}
