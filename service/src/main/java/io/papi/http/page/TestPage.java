package io.papi.http.page;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.http.exchange.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The test page, with the datasets that it offers. */
public final class TestPage {
  private TestPage() {}

  /** All of it by path. */
  public static Map<String, Page> pages(Collection<Dataset> datasets) {
    Map<String, Page> pages =
        WebPage.pages("test", "page.js", "request.js", "source.js", "view.js");
    pages.put("/test/datasets.json", Page.ofJson(json(datasets)));
    return pages;
  }

  /** What the page must know of each dataset, by name. */
  private static byte[] json(Collection<Dataset> datasets) {
    List<Dataset> sorted = datasets.stream().sorted(Comparator.comparing(Dataset::name)).toList();
    return Json.bytes(
        json -> {
          json.writeStartArray();
          for (Dataset dataset : sorted) {
            json.writeStartObject();
            json.writeStringProperty("name", dataset.name());
            json.writeStringProperty("key", dataset.keyColumn());
            json.writeStringProperty("keyType", keyType(dataset.keyType()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static String keyType(KeyType type) {
    return switch (type) {
      case KeyType.Whole _ -> "whole";
      case KeyType.Text _ -> "text";
    };
  }
}
