package io.papi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The fault table of service/README.md: each row names tests that exist and are not disabled. */
class FaultTableTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyRow_namesTestsThatThereAre() throws Exception {
    List<String> rows = rows();
    assertThat(rows).hasSizeGreaterThan(30);
    Map<String, String> classes = testClasses();
    List<String> missing = new ArrayList<>();
    for (String row : rows) {
      List<MatchResult> proofs = PROOF.matcher(row).results().toList();
      assertThat(proofs).as(row).isNotEmpty();
      for (MatchResult proof : proofs) {
        String name = classes.get(proof.group(1));
        if (name == null || !isTest(Class.forName(name), proof.group(2))) {
          missing.add(proof.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> rows() throws IOException {
    String chapter =
        Files.readString(Path.of("README.md")).split("## When something is broken\n", 2)[1];
    return chapter
        .split("\n## ", 2)[0]
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1) // its head
        .toList();
  }

  /** The full names of the test classes, by their simple ones, of which no two are the same. */
  private static Map<String, String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .map(TESTS::relativize)
          .map(Path::toString)
          .filter(file -> file.matches(".*(Test|IT)\\.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .collect(
              Collectors.toMap(file -> file.replaceAll(".*/", ""), file -> file.replace('/', '.')));
    }
  }

  private static boolean isTest(Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(name)) {
          return !method.isAnnotationPresent(Disabled.class)
              && AnnotationSupport.isAnnotated(method, Testable.class);
        }
      }
    }
    return false;
  }
}
