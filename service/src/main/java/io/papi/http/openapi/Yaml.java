package io.papi.http.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** A JSON document as YAML, which any reader of YAML 1.1 or 1.2 takes for the same. */
final class Yaml {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
              .disable(YAMLWriteFeature.SPLIT_LINES)
              .stringQuotingChecker(new Names())
              .build());

  private Yaml() {}

  static byte[] bytes(JsonNode tree) {
    return YAML.writeValueAsBytes(tree);
  }

  /** All texts are in quotes; so are those names that could be taken for numbers, as statuses. */
  private static final class Names extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || !isPlain(name);
    }

    private static boolean isPlain(String name) {
      return name.matches("[A-Za-z$/][A-Za-z0-9$/_-]*");
    }
  }
}
