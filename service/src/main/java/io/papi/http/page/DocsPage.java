package io.papi.http.page;

import java.util.Map;

/** The page that draws the description of the paths, which it reads as any caller does. */
public final class DocsPage {
  private DocsPage() {}

  /** All of it by path. */
  public static Map<String, Page> pages() {
    return WebPage.pages(
        "docs",
        "answers.js",
        "call.js",
        "description.js",
        "elsewhere.js",
        "operation.css",
        "operation.js",
        "page.js",
        "parameters.js",
        "schema.js",
        "signing-in.js");
  }
}
