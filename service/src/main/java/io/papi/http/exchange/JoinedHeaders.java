package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * Several headers of an answer that the server takes for one: the lines of the others follow in the
 * value of the first. Immutable.
 *
 * <p>The server keeps, hashes and copies each header by itself, and that is the most expensive part
 * of a hit. So headers that always go together, or are known before the request, go as one.
 *
 * <p>The server's own check of values is off, because it costs a tenth of a hit; so they are
 * checked here, a constant only once. Code that reads the headers of an answer gets each one by
 * {@link #separated}.
 */
public final class JoinedHeaders {
  private static final String LINE_END = "\r\n";
  private static final String COLON = ": ";

  private final Header whole;

  private JoinedHeaders(Header whole) {
    this.whole = whole;
  }

  /** The first of them. */
  public static JoinedHeaders of(HeaderName name, String value) {
    return new JoinedHeaders(HeaderValues.createCached(name, checked(value)));
  }

  /**
   * These and one more.
   *
   * @throws IllegalArgumentException if there is a line break in {@code value}
   */
  public JoinedHeaders and(HeaderName name, String value) {
    String text = whole.get() + LINE_END + name.defaultCase() + COLON + checked(value);
    return new JoinedHeaders(HeaderValues.create(whole.headerName(), text));
  }

  /** These and one more, whose value differs from answer to answer. */
  public Open open(HeaderName name) {
    return new Open(whole.headerName(), whole.get() + LINE_END + name.defaultCase() + COLON);
  }

  /** These, to be added to many answers. */
  public JoinedHeaders constant() {
    return new JoinedHeaders(HeaderValues.createCached(whole.headerName(), whole.get()));
  }

  /** Adds all of them to an answer's headers. */
  public void addTo(WritableHeaders<?> headers) {
    headers.set(whole);
  }

  /** The headers of an answer, each by itself. */
  public static List<Header> separated(Iterable<Header> headers) {
    List<Header> all = new ArrayList<>();
    for (Header header : headers) {
      String[] lines = header.get().split(LINE_END, -1);
      all.add(lines.length == 1 ? header : HeaderValues.create(header.headerName(), lines[0]));
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(COLON);
        String name = lines[i].substring(0, colon);
        String value = lines[i].substring(colon + COLON.length());
        all.add(HeaderValues.create(HeaderNames.create(name), value));
      }
    }
    return all;
  }

  /**
   * Joined headers of which the last one lacks its value.
   *
   * @param first the name of the first
   * @param text all but that value
   */
  public record Open(HeaderName first, String text) {

    /**
     * Adds all of them to an answer's headers.
     *
     * @throws IllegalArgumentException if there is a line break in {@code value}
     */
    public void addTo(WritableHeaders<?> headers, String value) {
      headers.set(HeaderValues.create(first, text + checked(value)));
    }
  }

  private static String checked(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n') {
        throw new IllegalArgumentException("there is a line break in a header's value");
      }
    }
    return value;
  }
}
