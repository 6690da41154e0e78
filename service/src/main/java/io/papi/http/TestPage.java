package io.papi.http;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The test page, with the datasets that it offers. */
final class TestPage {
  private TestPage() {}

  /** All of it by path. */
  static Map<String, Page> pages(Collection<Dataset> datasets) {
    Map<String, Page> pages =
        WebPage.pages("test", "page.js", "request.js", "source.js", "view.js");
    pages.put("/test/datasets.json", Page.ofText("application/json", json(datasets)));
    return pages;
  }

  /** What the page must know of each dataset, by name. */
  private static String json(Collection<Dataset> datasets) {
    List<Dataset> sorted = datasets.stream().sorted(Comparator.comparing(Dataset::name)).toList();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Dataset dataset : sorted) {
        json.writeStartObject();
        json.writeStringProperty("name", dataset.name());
        json.writeStringProperty("key", dataset.keyColumn());
        json.writeStringProperty("keyType", keyType(dataset.keyType()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static String keyType(KeyType type) {
    return switch (type) {
      case KeyType.Whole _ -> "whole";
      case KeyType.Text _ -> "text";
    };
  }
}
