package io.papi.http.dataset;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.papi.dataset.Freshness;
import io.papi.http.exchange.JoinedHeaders;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import java.time.Duration;

/**
 * The headers of a dataset's answers, most of them made once. Immutable.
 *
 * <p>All but the age go to the server as one ({@link JoinedHeaders}).
 */
final class AnswerHeaders {
  private static final HeaderName CACHE_STATUS = HeaderNames.create("Cache-Status");
  private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");

  /** How many ages are made in advance; an answer older than that is rare. */
  private static final long MAX_AGES = 3_600;

  private final Header[] ages;
  private final JoinedHeaders present;
  private final JoinedHeaders absent;
  private final JoinedHeaders nearHit;
  private final JoinedHeaders nearHitAbsent;
  private final JoinedHeaders unkept = typeAndControl("no-store");

  AnswerHeaders(Freshness freshness) {
    this.ages = new Header[(int) Math.min(freshness.freshFor().toSeconds() + 1, MAX_AGES)];
    for (int second = 0; second < ages.length; second++) {
      ages[second] = HeaderValues.createCached(HeaderNames.AGE, second);
    }
    this.present = typeAndControl(maxAge(freshness.freshFor()));
    this.absent = typeAndControl(maxAge(freshness.negativeFor()));
    Provenance near = new Provenance();
    near.add(Origin.of(Layer.NEAR, 0), 0);
    this.nearHit = with(present, near).constant();
    this.nearHitAbsent = with(absent, near).constant();
  }

  /** Adds all but the length and the entity tag. */
  void add(Findings findings, WritableHeaders<?> headers) {
    Provenance provenance = findings.provenance();
    if (findings.isPartial()) {
      with(unkept, provenance).addTo(headers);
    } else if (provenance.isNearHit()) {
      (findings.hasAbsent() ? nearHitAbsent : nearHit).addTo(headers);
    } else {
      with(findings.hasAbsent() ? absent : present, provenance).addTo(headers);
    }
    long age = findings.ageSeconds();
    headers.set(age < ages.length ? ages[(int) age] : HeaderValues.create(HeaderNames.AGE, age));
  }

  private static String maxAge(Duration maxAge) {
    return "private, max-age=" + maxAge.toSeconds();
  }

  private static JoinedHeaders typeAndControl(String cacheControl) {
    return JoinedHeaders.of(HeaderNames.CONTENT_TYPE, "application/json")
        .and(HeaderNames.CACHE_CONTROL, cacheControl);
  }

  private static JoinedHeaders with(JoinedHeaders typeAndControl, Provenance provenance) {
    String cacheStatus = provenance.cacheStatus();
    JoinedHeaders some =
        cacheStatus.isEmpty() ? typeAndControl : typeAndControl.and(CACHE_STATUS, cacheStatus);
    String serverTiming = provenance.serverTiming();
    return serverTiming.isEmpty() ? some : some.and(SERVER_TIMING, serverTiming);
  }
}
