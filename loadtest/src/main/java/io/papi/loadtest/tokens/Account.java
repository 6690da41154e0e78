package io.papi.loadtest.tokens;

import java.util.Locale;
import java.util.regex.Pattern;

/** An account of Snowflake, by its identifier. */
record Account(String identifier) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String GLOBAL = ".global";

  Account {
    if (!FORM.matcher(identifier).matches()) {
      throw new TokenException("the account is " + identifier + ", which is no identifier");
    }
  }

  /** The account in a claim: upper case, without region. */
  String claim() {
    boolean global = identifier.toLowerCase(Locale.ROOT).endsWith(GLOBAL);
    int end = identifier.indexOf(global ? '-' : '.');
    return (end < 0 ? identifier : identifier.substring(0, end)).toUpperCase(Locale.ROOT);
  }

  /** The account's host, where none is given. */
  String host() {
    return identifier.toLowerCase(Locale.ROOT).replace('_', '-') + ".snowflakecomputing.com";
  }
}
