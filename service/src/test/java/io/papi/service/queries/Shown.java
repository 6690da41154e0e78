package io.papi.service.queries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that a document shows, and the answer below it.
 *
 * @param cut the command behind the request that leaves out a part of the answer; often empty
 */
record Shown(String path, String cut, String answer) {
  private static final Pattern REQUEST =
      Pattern.compile(
          "^\\$ curl -s 'localhost:8001(/\\S+)'(?: \\| (head -[cn] \\d+))?\\n"
              + "((?:(?!\\$ |```).*\\n"
              + ")*)",
          Pattern.MULTILINE);

  /** Those of a document whose path begins with one of {@code beginnings}. */
  static List<Shown> in(Path document, String... beginnings) throws IOException {
    List<Shown> all = new ArrayList<>();
    Matcher matcher = REQUEST.matcher(Files.readString(document));
    while (matcher.find()) {
      String path = matcher.group(1);
      String cut = matcher.group(2) == null ? "" : matcher.group(2);
      for (String beginning : beginnings) {
        if (path.startsWith(beginning)) {
          all.add(new Shown(path, cut, matcher.group(3).stripTrailing()));
        }
      }
    }
    return all;
  }

  /** What a terminal shows of a body, after the cut. */
  String asShown(String body) {
    if (cut.isEmpty()) {
      return lines(body);
    }
    int count = Integer.parseInt(cut.substring("head -c ".length()));
    return cut.startsWith("head -c")
        ? body.substring(0, count)
        : lines(String.join("\n", body.lines().limit(count).toList()));
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n").stripTrailing();
  }
}
