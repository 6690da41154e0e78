package io.papi;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where the process starts: on a Java that is too old it says which one is needed, else it goes on
 * to {@code Main}.
 *
 * <p>It is compiled for Java 8, so that old ones can load it, and knows {@code Main} by name alone.
 */
public final class Launcher {
  private static final String MAIN = "io.papi.Main";

  /** The version of the class files of Java 1.0, from which each version counts on by one. */
  private static final int FIRST_CLASS_FILE = 44;

  private Launcher() {}

  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    int needed = javaOf(MAIN);
    int present = majorOf(System.getProperty("java.specification.version"));
    if (present < needed) {
      System.err.println(
          "refusing to start: Papi needs Java "
              + needed
              + ", this is "
              + present
              + " ("
              + System.getProperty("java.home")
              + ")");
      System.exit(1);
    }
    Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) args);
  }

  /** The Java that a class of ours was compiled for. */
  private static int javaOf(String className) throws IOException {
    String file = "/" + className.replace('.', '/') + ".class";
    InputStream bytes = Launcher.class.getResourceAsStream(file);
    if (bytes == null) {
      throw new IllegalStateException("the service was built without " + className);
    }
    try (DataInputStream header = new DataInputStream(bytes)) {
      header.readInt(); // the mark of a class file
      header.readUnsignedShort(); // its minor version
      return header.readUnsignedShort() - FIRST_CLASS_FILE;
    }
  }

  /** Java 8 calls itself 1.8. */
  private static int majorOf(String version) {
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }
}
