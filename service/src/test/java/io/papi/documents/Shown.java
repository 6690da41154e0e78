package io.papi.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a document shows behind {@code $}, and what it prints.
 *
 * @param configuration the example that the document named last before it
 * @param output the lines below it
 */
record Shown(Path document, Path configuration, String command, String output) {
  private static final Path EXAMPLES = Path.of("examples");
  private static final Pattern NAMED =
      Pattern.compile("examples/([a-z][a-z-]*)((?:/papi)?\\.conf)?");
  private static final String PROMPT = "$ ";
  private static final String FENCE = "```";

  /** Those of a document, in their order. */
  static List<Shown> in(Path document) throws IOException {
    List<Shown> all = new ArrayList<>();
    Path configuration = document.resolveSibling("papi.conf");
    String command = "";
    List<String> output = new ArrayList<>();
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith(PROMPT) || line.startsWith(FENCE)) {
        if (!command.isEmpty()) {
          all.add(new Shown(document, configuration, command, String.join("\n", output)));
        }
        command = line.startsWith(PROMPT) ? line.substring(PROMPT.length()) : "";
        output.clear();
      } else {
        output.add(line);
      }
      Matcher named = NAMED.matcher(line);
      while (named.find()) {
        configuration = configuration(named.group(1), named.group(2));
      }
    }
    return all;
  }

  private static Path configuration(String name, String end) {
    return EXAMPLES.resolve(name + (".conf".equals(end) ? end : "/papi.conf"));
  }
}
