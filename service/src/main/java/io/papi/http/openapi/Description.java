package io.papi.http.openapi;

import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.Body;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.ServedStream;
import io.papi.lookup.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 description of the callers' port, as JSON and as YAML. It is made once, and again
 * when columns have become known, as those of a table are at the first contact with its store.
 * Thread-safe.
 */
public final class Description {
  private static final List<Tag> TAGS =
      List.of(
          new Tag("Datasets", "Rows by id."),
          new Tag("Queries", "Reports: the answers of a piece of SQL."),
          new Tag("Streams", "Rows as they are read, however many there are."),
          new Tag("Service", "The service itself."));

  /** A group of paths. */
  private record Tag(String name, String description) {}

  private final Described described;
  private final int maxIds;
  private final int maxIdsInBody;
  private final boolean signedIn;

  private volatile @Nullable Made made;

  /** What was made of the columns as they were known then. */
  private record Made(List<Columns> columns, Written json, Written yaml) {}

  /** A document, and a strong tag of it. */
  record Written(Body body, String entityTag) {

    private static Written of(byte[] bytes) {
      byte[] digest = Sha256.digest().digest(bytes);
      return new Written(
          Body.of(bytes), "\"" + HexFormat.of().formatHex(digest, 0, Long.BYTES) + "\"");
    }
  }

  /**
   * @param maxIds the most ids of a path
   * @param maxIdsInBody the most ids of a body
   * @param signedIn whether callers have to sign in
   */
  public Description(
      List<ServedDataset> datasets,
      List<ServedQuery> queries,
      List<ServedStream> streams,
      int maxIds,
      int maxIdsInBody,
      boolean signedIn) {
    this.described = new Described(datasets, queries, streams);
    this.maxIds = maxIds;
    this.maxIdsInBody = maxIdsInBody;
    this.signedIn = signedIn;
  }

  /** What answers {@code /openapi.json}. */
  public DescriptionRoute json() {
    return new DescriptionRoute("application/json", () -> now().json());
  }

  /** What answers {@code /openapi.yaml}. */
  public DescriptionRoute yaml() {
    return new DescriptionRoute("application/yaml", () -> now().yaml());
  }

  private Made now() {
    List<Columns> columns = described.columns();
    Made known = made;
    if (known == null || !known.columns().equals(columns)) {
      JsonNode tree = tree(columns);
      known =
          new Made(
              columns,
              // looked up here, as a start need not make one
              Written.of(JsonMapper.shared().writeValueAsBytes(tree)),
              Written.of(Yaml.bytes(tree)));
      made = known;
    }
    return known;
  }

  private ObjectNode tree(List<Columns> columns) {
    Parts parts = new Parts(signedIn);
    described.addTo(parts, columns, maxIds, maxIdsInBody);
    OwnPaths.addTo(parts);
    ObjectNode tree = Tree.object().put("openapi", "3.1.0");
    tree.putObject("info")
        .put("title", "Papi")
        .put("version", version())
        .put(
            "description",
            "Rows by id, reports and streams. A path takes GET and HEAD, or POST with a body; any"
                + " other method is 405. Headers that cannot be read are ignored.");
    tree.putArray("servers").addObject().put("url", "/");
    tree.set("tags", tags());
    if (signedIn) {
      tree.set("security", Security.any());
    }
    tree.set("paths", parts.paths());
    tree.set("components", parts.components());
    // What a path says of methods that it does not take, and what is said where no path is, has no
    // place in OpenAPI.
    tree.set(
        "x-other-methods", Tree.ref("responses", ProblemAnswer.METHOD_NOT_ALLOWED.component()));
    tree.set("x-other-paths", Tree.ref("responses", ProblemAnswer.NO_SUCH_PATH.component()));
    return tree;
  }

  private ArrayNode tags() {
    ArrayNode tags = Tree.array();
    for (Tag tag : TAGS) {
      tags.addObject().put("name", tag.name()).put("description", tag.description());
    }
    return tags;
  }

  private static String version() {
    return Optional.ofNullable(Description.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
