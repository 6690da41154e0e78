package io.papi.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes SQL apart, as Snowflake and H2 both read it: literals ({@code '…'} and {@code $$…$$}),
 * quoted names, comments ({@code --}, {@code //} and nested {@code /* *}{@code /}), and between
 * them the parameters.
 *
 * <p>Comments are left out, since the two databases do not agree on all of them. What they would
 * read in different ways is refused: a {@code ?} would be a place of its own, a backslash before a
 * quote ends the literal in one of them only, and after a {@code ;} comes another statement. For
 * one use by one thread.
 */
final class SqlReader {
  private static final Pattern NAME = Pattern.compile(NamedSql.NAME);
  private static final Set<String> FIRST_WORDS = Set.of("SELECT", "WITH");

  /** Where one of these stands before it, a colon is a cast's, or a path's into a VARIANT. */
  private static final String NO_PARAMETER_AFTER = ":])\"";

  private final String sql;
  private final List<String> texts = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private StringBuilder text = new StringBuilder();
  private int at;

  /** The last character of the statement's text so far, a name's where that is a parameter. */
  private char before = ' ';

  SqlReader(String sql) {
    this.sql = sql;
  }

  NamedSql read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        literal();
      } else if (c == '"') {
        quotedName();
      } else if (startsWith("$$") && !isNamePart(before)) {
        take(after("$$", at + 2, "$$"));
      } else if (startsWith("--") || startsWith("//")) {
        lineComment();
      } else if (startsWith("/*")) {
        comment();
      } else if (c == ':' && !isNamePart(before) && NO_PARAMETER_AFTER.indexOf(before) < 0) {
        parameter();
      } else if (c == '?') {
        throw refused("has a ?: a parameter is written :name");
      } else if (c == ';') {
        throw refused("has a ;: it is one statement, without an end");
      } else {
        take(at + 1);
      }
    }
    texts.add(text.toString().stripTrailing());
    checkFirstWord(texts.getFirst());
    return new NamedSql(texts, names);
  }

  private void literal() {
    int end = at + 1;
    while (true) {
      int quote = sql.indexOf('\'', end);
      if (quote < 0) {
        throw refused("has a ' that is not closed");
      }
      int backslashes = 0;
      while (sql.charAt(quote - 1 - backslashes) == '\\') {
        backslashes++;
      }
      if (backslashes % 2 == 1) {
        throw refused("has \\' in a literal, which databases read differently: write ''");
      }
      end = quote + 1;
      if (end == sql.length() || sql.charAt(end) != '\'') {
        take(end);
        return;
      }
      end++;
    }
  }

  private void quotedName() {
    int end = after("\"", at + 1, "\"");
    while (end < sql.length() && sql.charAt(end) == '"') {
      end = after("\"", end + 1, "\"");
    }
    take(end);
  }

  private void lineComment() {
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    blank();
  }

  private void comment() {
    int depth = 0;
    do {
      if (startsWith("/*")) {
        depth++;
        at += 2;
      } else if (startsWith("*/")) {
        depth--;
        at += 2;
      } else if (++at > sql.length()) {
        throw refused("has a /* that is not closed");
      }
    } while (depth > 0);
    blank();
  }

  /** In the place of a comment: what it parts stays parted. */
  private void blank() {
    text.append(' ');
    before = ' ';
  }

  private void parameter() {
    var name = NAME.matcher(sql).region(at + 1, sql.length());
    if (name.lookingAt()) {
      texts.add(text.toString());
      text = new StringBuilder();
      names.add(name.group());
      at = name.end();
      before = sql.charAt(at - 1);
    } else if (at + 1 < sql.length() && Character.isDigit(sql.charAt(at + 1))) {
      throw refused("has :" + sql.charAt(at + 1) + ": a parameter's name begins with a letter");
    } else {
      take(at + 1);
    }
  }

  /** Adds what stands before {@code end} to the statement. */
  private void take(int end) {
    text.append(sql, at, end);
    at = end;
    before = sql.charAt(end - 1);
  }

  /** The place after the next {@code end}, from {@code from} on. */
  private int after(String begin, int from, String end) {
    int found = sql.indexOf(end, from);
    if (found < 0) {
      throw refused("has a " + begin + " that is not closed");
    }
    return found + end.length();
  }

  private boolean startsWith(String what) {
    return sql.startsWith(what, at);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
  }

  /** Reports read; what changes something would do so whenever a cache is filled. */
  private void checkFirstWord(String first) {
    String words = first.replaceFirst("^[\\s(]+", "");
    String word = words.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
    if (!FIRST_WORDS.contains(word)) {
      throw refused("does not begin with SELECT or WITH");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }
}
