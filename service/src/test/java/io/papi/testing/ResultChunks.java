package io.papi.testing;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The later rows of large answers, which the driver fetches by themselves, at addresses that the
 * answer names. Thread-safe.
 */
final class ResultChunks {
  static final String PATH = "/chunks/";

  private final Map<String, String> chunks = new ConcurrentHashMap<>();

  /** Moves all rows but the first ones out of an answer. */
  void split(ObjectNode answer, int inlineRows, int port) {
    ArrayNode rows = (ArrayNode) answer.path("rowset");
    if (rows.size() <= inlineRows) {
      return;
    }
    StringBuilder later = new StringBuilder();
    int count = 0;
    while (rows.size() > inlineRows) {
      later.append(later.isEmpty() ? "" : ",").append(rows.remove(inlineRows));
      count++;
    }
    String path = PATH + UUID.randomUUID();
    chunks.put(path, later.toString());
    answer
        .putArray("chunks")
        .addObject()
        .put("url", "http://127.0.0.1:" + port + path)
        .put("rowCount", count)
        .put("uncompressedSize", later.length())
        .put("compressedSize", later.length());
    answer.putObject("chunkHeaders");
  }

  /** The rows at an address, without the brackets around them. */
  String at(String path) {
    String rows = chunks.get(path);
    if (rows == null) {
      throw new IllegalArgumentException("there is no chunk at " + path);
    }
    return rows;
  }
}
