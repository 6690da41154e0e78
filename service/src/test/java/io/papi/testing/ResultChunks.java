package io.papi.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The later rows of large answers, which the driver fetches by themselves, at addresses that the
 * answer names. Thread-safe.
 */
final class ResultChunks {
  static final String PATH = "/chunks/";

  private final Map<String, String> chunks = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int whole = Integer.MAX_VALUE;

  /** Moves all rows but the first ones out of an answer, into chunks of so many rows. */
  void split(ObjectNode answer, int inlineRows, int chunkRows, int port) {
    ArrayNode rows = (ArrayNode) answer.path("rowset");
    if (rows.size() <= inlineRows) {
      return;
    }
    List<JsonNode> all = rows.valueStream().toList();
    rows.removeAll();
    all.subList(0, inlineRows).forEach(rows::add);
    ArrayNode later = answer.putArray("chunks");
    for (int from = inlineRows; from < all.size(); from += Math.min(chunkRows, all.size() - from)) {
      List<JsonNode> part = all.subList(from, from + Math.min(chunkRows, all.size() - from));
      String text = part.stream().map(JsonNode::toString).collect(Collectors.joining(","));
      String path = PATH + UUID.randomUUID();
      chunks.put(path, text);
      later
          .addObject()
          .put("url", "http://127.0.0.1:" + port + path)
          .put("rowCount", part.size())
          .put("uncompressedSize", text.length())
          .put("compressedSize", text.length());
    }
    answer.putObject("chunkHeaders");
  }

  /**
   * The rows at an address, without the brackets around them; empty where the server is to break
   * off.
   */
  Optional<String> ask(String path) {
    int number = asked.incrementAndGet();
    String rows = chunks.get(path);
    if (rows == null) {
      throw new IllegalArgumentException("there is no chunk at " + path);
    }
    return number > whole ? Optional.empty() : Optional.of(rows);
  }

  /** Breaks off in the middle of every chunk after so many more. */
  void breakAfter(int more) {
    whole = asked.get() + more;
  }

  /** How often one was asked for. */
  int asked() {
    return asked.get();
  }
}
