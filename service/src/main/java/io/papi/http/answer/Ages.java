package io.papi.http.answer;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.papi.dataset.Freshness;

/** The headers {@code Age} of answers, most of them made once. Immutable. */
public final class Ages {
  /** How many are made in advance; an answer older than that is rare. */
  private static final long MAX_MADE = 3_600;

  private final Header[] made;

  public Ages(Freshness freshness) {
    this.made = new Header[(int) Math.min(freshness.freshFor().toSeconds() + 1, MAX_MADE)];
    for (int second = 0; second < made.length; second++) {
      made[second] = HeaderValues.createCached(HeaderNames.AGE, second);
    }
  }

  /** The header of an age in whole seconds. */
  Header header(long seconds) {
    return seconds < made.length
        ? made[(int) seconds]
        : HeaderValues.create(HeaderNames.AGE, seconds);
  }
}
