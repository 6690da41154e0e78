package io.papi.http.openapi;

import io.papi.dataset.Freshness;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The header {@code Cache-Control} of answers that may be kept. */
final class CacheControl {
  private CacheControl() {}

  static ObjectNode of(Freshness freshness, String description) {
    String usual = "private, max-age=" + freshness.freshFor().toSeconds();
    ObjectNode schema = Tree.type("string");
    schema.set(
        "enum",
        Tree.texts(
            new LinkedHashSet<>(
                List.of(
                    usual,
                    "private, max-age=" + freshness.negativeFor().toSeconds(),
                    "no-store"))));
    ObjectNode header =
        AnswerHeader.CACHE_CONTROL
            .described()
            .put("description", description)
            .put("example", usual);
    header.set("schema", schema);
    return header;
  }
}
