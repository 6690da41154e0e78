package io.papi.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with parameters in it, such as {@code /clerk/{clerk}/yearly_sales/{year}}. A parameter is
 * a whole segment. Immutable.
 */
public final class PathTemplate {
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern PARAMETER = Pattern.compile("\\{(" + NamedSql.NAME + ")}");

  private final String text;
  private final List<Segment> segments;
  private final List<String> names;

  /**
   * A part between slashes.
   *
   * @param text what it is, or the name of the parameter in its place
   */
  private record Segment(String text, boolean isParameter) {

    boolean accepts(String path, int from, int to) {
      return isParameter ? from < to : to - from == text.length() && path.startsWith(text, from);
    }
  }

  /**
   * @throws IllegalArgumentException that says what is wrong with {@code text}
   */
  public PathTemplate(String text) {
    if (!text.startsWith("/") || text.length() == 1) {
      throw new IllegalArgumentException("begins with / and has a name after it");
    }
    this.text = text;
    List<Segment> parts = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String part : text.substring(1).split("/", -1)) {
      var parameter = PARAMETER.matcher(part);
      if (parameter.matches()) {
        if (!seen.add(parameter.group(1))) {
          throw new IllegalArgumentException("has {" + parameter.group(1) + "} once");
        }
        parts.add(new Segment(parameter.group(1), true));
      } else if (LITERAL.matcher(part).matches() && !part.equals(".") && !part.equals("..")) {
        parts.add(new Segment(part, false));
      } else {
        throw new IllegalArgumentException(
            "has between its slashes letters, digits and - . _ ~, or a parameter as in {year}");
      }
    }
    this.segments = List.copyOf(parts);
    this.names = List.copyOf(seen);
  }

  /** The names of its parameters, in their order. */
  public List<String> names() {
    return names;
  }

  /** What comes first; empty where that is a parameter. */
  public Optional<String> first() {
    return Optional.of(segments.getFirst())
        .filter(segment -> !segment.isParameter())
        .map(Segment::text);
  }

  /**
   * The parameters' values in a path, as they were sent, in their order; empty if the path is
   * another one.
   */
  public Optional<List<String>> match(String rawPath) {
    List<String> values = new ArrayList<>();
    return matches(rawPath, 0, values) ? Optional.of(values) : Optional.empty();
  }

  /** Whether what {@code rawPath} has from {@code from} on is a path of this template. */
  public boolean matches(String rawPath, int from) {
    return matches(rawPath, from, null);
  }

  /**
   * Every request asks this of several templates, so what is not needed is not made.
   *
   * @param values takes the values, if anybody wants them; some of them too where the path is
   *     another one
   */
  private boolean matches(String rawPath, int begin, @Nullable List<String> values) {
    if (!rawPath.startsWith("/", begin)) {
      return false;
    }
    int from = begin + 1;
    int last = segments.size() - 1;
    for (int i = 0; i <= last; i++) {
      Segment segment = segments.get(i);
      int slash = rawPath.indexOf('/', from);
      if (i == last != slash < 0) {
        return false;
      }
      int to = i == last ? rawPath.length() : slash;
      if (!segment.accepts(rawPath, from, to)) {
        return false;
      }
      if (segment.isParameter() && values != null) {
        values.add(rawPath.substring(from, to));
      }
      from = to + 1;
    }
    return true;
  }

  /** Whether there is a path that both match. */
  public boolean overlaps(PathTemplate other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      Segment mine = segments.get(i);
      Segment theirs = other.segments.get(i);
      if (!mine.isParameter() && !theirs.isParameter() && !mine.text().equals(theirs.text())) {
        return false;
      }
    }
    return true;
  }

  /** The template as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
