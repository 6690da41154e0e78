package io.papi.config.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What is said of a name that nobody knows: that, and the nearest name that there is. */
public final class Spelling {
  /** One wrong letter in so many characters is a slip; more are another word. */
  private static final int CHARACTERS_PER_SLIP = 3;

  private Spelling() {}

  /** The refusal of {@code name}. */
  static ConfigurationException unknown(String name, Collection<String> known) {
    return new ConfigurationException(
        name
            + " is no key of this service"
            + nearest(name, known).map(near -> ": did you mean " + near + "?").orElse(""));
  }

  /** The name that was most likely meant; empty if none is near. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(near -> distance(name, near) <= slips(name))
        .min(
            Comparator.comparingInt((String near) -> distance(name, near))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Two at the least: two letters that changed places count as two. */
  private static int slips(String name) {
    return Math.max(2, name.length() / CHARACTERS_PER_SLIP);
  }

  /** Letters to insert, delete or change (Levenshtein 1965), row by row. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
