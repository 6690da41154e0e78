package io.papi.http.dataset;

import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.http.answer.Percent;
import io.papi.http.answer.Shown;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids of a request, each in its one spelling: in its path as {@code id[,id…]}, or in its body.
 * Immutable.
 *
 * <p>For whole-number keys the path is decoded once and then split, so {@code %2C} separates like
 * {@code ,}; for text keys it is split first, so {@code %2C} is a character of an id.
 */
public final class IdParser {
  private final KeyType type;
  private final Fold fold;
  private final int maxIds;

  /**
   * @param maxIds of one request
   */
  public IdParser(ServedKey key, int maxIds) {
    this(key.type(), key.fold(), maxIds);
  }

  IdParser(KeyType type, Fold fold, int maxIds) {
    this.type = type;
    this.fold = fold;
    this.maxIds = maxIds;
  }

  /**
   * Reads the ids, in their order, each once.
   *
   * @param raw the path's last part as it was sent
   * @throws ProblemException 400 that says which id is wrong and why, or that there are too many
   */
  public Set<Key> parse(String raw) {
    String list =
        switch (type) {
          case KeyType.Whole _ -> decode(raw);
          case KeyType.Text _ -> raw;
        };
    int comma = list.indexOf(',');
    if (comma < 0) {
      return Set.of(rawKey(list, 1));
    }
    Set<Key> keys = new LinkedHashSet<>();
    int count = 0;
    int from = 0;
    while (from <= list.length()) {
      count++;
      if (count > maxIds) {
        throw bad("more than " + maxIds + " ids");
      }
      int to = comma < 0 ? list.length() : comma;
      keys.add(rawKey(list.substring(from, to), count));
      from = to + 1;
      comma = list.indexOf(',', from);
    }
    return keys;
  }

  /**
   * Reads ids that are decoded already, in their order, each once.
   *
   * @throws ProblemException 400 that says which id is wrong and why, or that there are none or too
   *     many
   */
  public Set<Key> read(List<String> ids) {
    if (ids.isEmpty()) {
      throw bad("ids is empty: write at least one");
    }
    if (ids.size() > maxIds) {
      throw bad("more than " + maxIds + " ids");
    }
    Set<Key> keys = LinkedHashSet.newLinkedHashSet(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      keys.add(key(ids.get(i), i + 1));
    }
    return keys;
  }

  /** An id as it stands in a path. */
  private Key rawKey(String part, int position) {
    return key(
        switch (type) {
          case KeyType.Whole _ -> part;
          case KeyType.Text _ -> decode(part);
        },
        position);
  }

  private Key key(String id, int position) {
    if (id.isEmpty()) {
      throw bad("id " + position + " is empty");
    }
    return switch (type) {
      case KeyType.Whole(int digits) -> {
        checkWhole(id, position, digits);
        yield new Key(id);
      }
      case KeyType.Text(int length) -> {
        String text = fold.of(id);
        checkText(text, position, length);
        yield new Key(text);
      }
    };
  }

  private static void checkWhole(String id, int position, int maxDigits) {
    int first = id.charAt(0) == '-' ? 1 : 0;
    int digits = id.length() - first;
    if (digits > maxDigits) {
      throw bad(position, id, "has more digits than " + maxDigits);
    }
    for (int i = first; i < id.length(); i++) {
      if (id.charAt(i) < '0' || id.charAt(i) > '9') {
        throw bad(position, id, "is not a whole number");
      }
    }
    if (digits == 0) {
      throw bad(position, id, "is not a whole number");
    }
    if (id.charAt(first) == '0' && id.length() > 1) {
      String number = id.substring(first).replaceFirst("^0+(?=.)", "");
      String plain = first == 1 && !number.equals("0") ? "-" + number : number;
      throw bad(
          position, id, (digits > 1 ? "has a leading zero" : "has a sign") + ": write " + plain);
    }
  }

  private static void checkText(String id, int position, int maxLength) {
    int length = id.codePointCount(0, id.length());
    if (length > maxLength) {
      throw bad(position, id, "has " + length + " characters, the most are " + maxLength);
    }
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        throw bad(position, id, "has a control character");
      }
    }
  }

  private static String decode(String raw) {
    return Percent.decode(raw, "the path");
  }

  private static ProblemException bad(int position, String id, String why) {
    return bad("id " + position + " (" + Shown.of(id) + ") " + why);
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
