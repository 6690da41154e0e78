package io.papi.http.dataset;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.papi.dataset.Freshness;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import java.time.Duration;

/**
 * The headers of a dataset's answers, most of them made once. Immutable.
 *
 * <p>They are the dearest part of a hit. So most are one header to the server, whose value goes on
 * with the lines of the others: the server keeps, hashes and copies each header by itself. Nothing
 * in it reads them, and no value is a caller's.
 */
public final class AnswerHeaders {
  private static final HeaderName CACHE_STATUS = HeaderNames.create("Cache-Status");
  private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");

  /** The most ages that are made once; an answer older than that is rare. */
  private static final long MAX_AGES = 3_600;

  private final Header[] ages;
  private final String present;
  private final String absent;
  private final Header nearHit;
  private final Header nearHitAbsent;

  AnswerHeaders(Freshness freshness) {
    this.ages = new Header[(int) Math.min(freshness.freshFor().toSeconds() + 1, MAX_AGES)];
    for (int second = 0; second < ages.length; second++) {
      ages[second] = HeaderValues.createCached(HeaderNames.AGE, second);
    }
    this.present = typeAndControl(freshness.freshFor());
    this.absent = typeAndControl(freshness.negativeFor());
    Provenance near = new Provenance();
    near.add(Origin.of(Layer.NEAR, 0), 0);
    this.nearHit = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, lines(present, near));
    this.nearHitAbsent = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, lines(absent, near));
  }

  /** Adds all but the length and the entity tag. */
  void add(Answer answer, WritableHeaders<?> headers) {
    Provenance provenance = answer.provenance();
    if (provenance.isNearHit()) {
      headers.set(answer.hasAbsent() ? nearHitAbsent : nearHit);
    } else {
      String lines = lines(answer.hasAbsent() ? absent : present, provenance);
      headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, lines));
    }
    long age = answer.ageSeconds();
    headers.set(age < ages.length ? ages[(int) age] : HeaderValues.create(HeaderNames.AGE, age));
  }

  private static String typeAndControl(Duration maxAge) {
    return "application/json"
        + line(HeaderNames.CACHE_CONTROL, "private, max-age=" + maxAge.toSeconds());
  }

  private static String lines(String typeAndControl, Provenance provenance) {
    String cacheStatus = provenance.cacheStatus();
    return typeAndControl
        + (cacheStatus.isEmpty() ? "" : line(CACHE_STATUS, cacheStatus))
        + line(SERVER_TIMING, provenance.serverTiming());
  }

  /** What makes a header's value go on with the line of another. */
  public static String line(HeaderName name, String value) {
    return "\r\n" + name.defaultCase() + ": " + value;
  }
}
