package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An account's identifier and its host: two names that are often taken for one another. */
final class SnowflakeAddress {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final String DOMAIN = "snowflakecomputing.com";

  /** An address of an account, in one of the forms that people copy. */
  private static final Pattern OF_ACCOUNT =
      Pattern.compile("(?:https?://)?([A-Za-z0-9._-]+)\\.snowflakecomputing\\.(?:com|cn)[:/]?.*");

  /** The address of Snowflake's pages, as a browser shows it. */
  private static final Pattern OF_PAGES =
      Pattern.compile("(?:https?://)?app\\.snowflake\\.com/([A-Za-z0-9_]+)/([A-Za-z0-9_]+).*");

  private static final Pattern URL = Pattern.compile("https?://([A-Za-z0-9._-]+).*");

  private SnowflakeAddress() {}

  static Type<String> account() {
    return (path, node) -> {
      String text = Type.text().read(path, node);
      Matcher ofAccount = OF_ACCOUNT.matcher(text);
      if (ofAccount.matches()) {
        throw refusal(path, text, "an account's identifier: write " + ofAccount.group(1));
      }
      Matcher ofPages = OF_PAGES.matcher(text);
      if (ofPages.matches()) {
        String account = ofPages.group(1) + "-" + ofPages.group(2);
        throw refusal(path, text, "an account's identifier: write " + account);
      }
      return Type.text(NAME, "an account's identifier, as in myorg-myaccount").read(path, node);
    };
  }

  static Type<String> host() {
    return (path, node) -> {
      String text = Type.text().read(path, node);
      Matcher url = URL.matcher(text);
      if (url.matches()) {
        throw refusal(path, text, "a host's name: write " + url.group(1));
      }
      return Type.text(NAME, "a host's name, as in myorg-myaccount." + DOMAIN).read(path, node);
    };
  }

  /** The host of an account: no certificate is for one with an underscore. */
  static String hostOf(String account) {
    return account.replace('_', '-') + "." + DOMAIN;
  }

  private static ConfigurationException refusal(String path, String text, String allowed) {
    return new ConfigurationException(path + " is " + text + ", not " + allowed);
  }
}
