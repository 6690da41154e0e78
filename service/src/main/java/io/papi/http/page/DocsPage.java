package io.papi.http.page;

import java.util.Map;

/** The page that draws the description of the paths, which it reads as any caller does. */
public final class DocsPage {
  private DocsPage() {}

  /** All of it by path. */
  public static Map<String, Page> pages() {
    Map<String, Page> pages =
        WebPage.pages(
            "docs",
            "answers.js",
            "call.js",
            "description.js",
            "elsewhere.js",
            "operation.css",
            "operation.js",
            "page.js",
            "parameters.js",
            "paste.js",
            "schema.js",
            "signing-in.js");
    WebPage.addPasting(pages, "/docs");
    return pages;
  }
}
