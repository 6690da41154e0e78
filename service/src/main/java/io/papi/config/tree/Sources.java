package io.papi.config.tree;

import java.util.Map;
import java.util.Optional;

/**
 * Where configuration comes from: the built-in file, over it the file that {@code PAPI_CONFIG}
 * names, over both the environment.
 */
public final class Sources {

  private Sources() {}

  /**
   * The tree of all three.
   *
   * @param problems takes note of what has no place in {@code shape}
   * @throws ConfigurationException if the file cannot be read: what is missing then may be in it,
   *     so beside that only what variables say is told
   */
  public static Node.Members read(Map<String, String> environment, Shape shape, Problems problems) {
    Node.Members builtIn = HoconFile.builtIn();
    String file = environment.getOrDefault(Environment.FILE, "");
    if (file.isBlank()) {
      return withVariables(environment, shape, builtIn, problems);
    }
    Optional<Node.Members> own =
        problems.in(() -> HoconFile.read(Environment.FILE, file, environment));
    if (own.isEmpty()) {
      Node.Members known = withVariables(environment, shape, builtIn, new Problems());
      problems.in(() -> new Section(known).check(shape.keys()));
      problems.refuseIfAny();
    }
    Node.Members members = own.orElse(Node.Members.NONE);
    problems.in(() -> shape.check("", members));
    return withVariables(environment, shape, Node.merge(builtIn, members), problems);
  }

  private static Node.Members withVariables(
      Map<String, String> environment, Shape shape, Node.Members files, Problems problems) {
    return Node.merge(files, new Environment(environment, shape, files).tree(problems));
  }
}
