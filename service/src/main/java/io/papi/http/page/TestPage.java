package io.papi.http.page;

import io.papi.dataset.AlternateKey;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** The test page, with the datasets and queries that it offers. */
public final class TestPage {
  private TestPage() {}

  /**
   * All of it by path.
   *
   * @param hasKeys whether callers sign in, which the calls to paste show
   */
  public static Map<String, Page> pages(
      Collection<OfferedDataset> datasets, Collection<OfferedQuery> queries, boolean hasKeys) {
    List<OfferedDataset> sorted =
        datasets.stream().sorted(Comparator.comparing(each -> each.dataset().name())).toList();
    List<OfferedQuery> sortedQueries =
        queries.stream().sorted(Comparator.comparing(each -> each.query().name())).toList();
    Map<String, Page> pages =
        WebPage.pages(
            "test",
            "address.js",
            "answer.js",
            "bars.js",
            "columns.js",
            "form.css",
            "form.js",
            "ids.js",
            "incoming.js",
            "page.js",
            "parameters.js",
            "paste.js",
            "path.js",
            "problem.js",
            "progress.js",
            "query.js",
            "recent.js",
            "report.js",
            "request.js",
            "rows.js",
            "source.js",
            "stream.js",
            "table.js",
            "view.js");
    WebPage.addPasting(pages, "/test");
    pages.put(
        "/test/callers.json",
        Page.ofJson(
            Json.bytes(
                json -> {
                  json.writeStartObject();
                  json.writeBooleanProperty("haveKeys", hasKeys);
                  json.writeEndObject();
                })));
    pages.put("/test/datasets.json", Page.ofJson(() -> Body.of(json(sorted))));
    pages.put(
        "/test/queries.json", Page.ofJson(() -> Body.of(QueriesDocument.json(sortedQueries))));
    return pages;
  }

  /** What the page must know of each dataset. Columns may become known at any time. */
  static byte[] json(List<OfferedDataset> datasets) {
    return Json.bytes(
        json -> {
          json.writeStartArray();
          datasets.forEach(each -> write(json, each));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, OfferedDataset offered) {
    Dataset dataset = offered.dataset();
    AnswerRules rules = dataset.rules();
    json.writeStartObject();
    json.writeStringProperty("name", dataset.name());
    json.writeStringProperty("key", dataset.shownKey());
    json.writeStringProperty("keyType", keyType(dataset.keyType()));
    json.writeArrayPropertyStart("keys");
    dataset.alternateKeys().forEach(key -> write(json, dataset, key));
    json.writeEndArray();
    write(json, "columns", offered.columns().get());
    json.writeObjectPropertyStart("views");
    new TreeMap<>(rules.views()).forEach((name, columns) -> write(json, name, columns));
    json.writeEndObject();
    json.writeStringProperty("shape", rules.shape().word());
    json.writeStringProperty("missing", rules.missing().word());
    json.writeBooleanProperty("defaultRow", rules.defaultRow().isPresent());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Dataset dataset, AlternateKey key) {
    json.writeStartObject();
    json.writeStringProperty("name", key.name());
    json.writeStringProperty("column", dataset.shown(key.column()));
    json.writeStringProperty("keyType", keyType(key.type()));
    json.writeStringProperty("fold", fold(key.fold()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String keyType(KeyType type) {
    return switch (type) {
      case KeyType.Whole _ -> "whole";
      case KeyType.Text _ -> "text";
    };
  }

  private static String fold(Fold fold) {
    return switch (fold) {
      case NONE -> "none";
      case LOWER -> "lower";
    };
  }
}
