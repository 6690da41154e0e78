package io.papi.http.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The keys that a request presents, before it is known whose they are: as {@code Authorization:
 * Bearer} (RFC 6750), as {@code Authorization: Basic} (RFC 7617), where the key is user name or
 * password and the other one is empty or the caller's name, or as {@code X-API-Key}.
 */
final class Credentials {
  static final HeaderName X_API_KEY = HeaderNames.create("X-API-Key");

  /** Nothing longer is hashed. */
  static final int MAX_CHARACTERS = 512;

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private Credentials() {}

  /** Whether a request presents any. */
  static boolean areIn(Headers headers) {
    return headers.contains(HeaderNames.AUTHORIZATION) || headers.contains(X_API_KEY);
  }

  /**
   * All that a request presents, as it was sent: what is the same here is the same caller's.
   *
   * @throws UnusableException if a header can have no key
   */
  static byte[] bytes(Headers headers) throws UnusableException {
    boolean hasKey = headers.contains(X_API_KEY);
    if (!headers.contains(HeaderNames.AUTHORIZATION)) {
      return ("\n" + single(headers, X_API_KEY)).getBytes(UTF_8);
    }
    String authorization = single(headers, HeaderNames.AUTHORIZATION);
    // no header has the end of a line in it
    return (hasKey ? authorization + "\n" + single(headers, X_API_KEY) : authorization)
        .getBytes(UTF_8);
  }

  /**
   * What each header presents: one of these must be a key.
   *
   * @param callers the names of all callers, beside which Basic may have a key
   * @throws UnusableException if a header can have no key
   */
  static List<List<Presented>> of(Headers headers, Set<String> callers) throws UnusableException {
    List<List<Presented>> all = new ArrayList<>(2);
    if (headers.contains(HeaderNames.AUTHORIZATION)) {
      all.add(authorization(single(headers, HeaderNames.AUTHORIZATION), callers));
    }
    if (headers.contains(X_API_KEY)) {
      all.add(List.of(Presented.of(single(headers, X_API_KEY))));
    }
    return all;
  }

  private static String single(Headers headers, HeaderName name) throws UnusableException {
    if (headers.get(name).valueCount() > 1) {
      throw new UnusableException("there is more than one header " + name.defaultCase());
    }
    String value = headers.get(name).get();
    if (value.length() > MAX_CHARACTERS) {
      throw new UnusableException(
          "header " + name.defaultCase() + " has more than " + MAX_CHARACTERS + " characters");
    }
    return value;
  }

  private static List<Presented> authorization(String value, Set<String> callers)
      throws UnusableException {
    if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return List.of(Presented.of(value.substring(BEARER.length()).strip()));
    }
    if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basic(decoded(value.substring(BASIC.length()).strip()), callers);
    }
    throw new UnusableException("header Authorization is neither Bearer nor Basic");
  }

  private static List<Presented> basic(String pair, Set<String> callers) throws UnusableException {
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new UnusableException("header Authorization has no colon in its Basic credentials");
    }
    String user = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    if (password.isEmpty()) {
      return List.of(Presented.of(user));
    }
    if (user.isEmpty()) {
      return List.of(Presented.of(password));
    }
    // what stands beside a name is hashed, and nothing else: names are no secrets
    List<Presented> beside = new ArrayList<>(1);
    if (callers.contains(user)) {
      beside.add(Presented.of(password, user));
    }
    if (callers.contains(password)) {
      beside.add(Presented.of(user, password));
    }
    return beside;
  }

  private static String decoded(String base64) throws UnusableException {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnusableException("header Authorization has Basic credentials that are not Base64");
    }
  }

  /** Why what a header presents can be no key; never with anything of the header. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    UnusableException(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    String why() {
      return why;
    }
  }
}
