package io.papi.http.answer;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.papi.dataset.Freshness;
import io.papi.http.exchange.JoinedHeaders;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import java.time.Duration;

/**
 * The headers of one kind of answers, most of them made once. Immutable.
 *
 * <p>All but the age go to the server as one ({@link JoinedHeaders}).
 */
public final class AnswerHeaders {
  private static final HeaderName CACHE_STATUS = HeaderNames.create("Cache-Status");
  private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");

  private final Ages ages;
  private final JoinedHeaders present;
  private final JoinedHeaders absent;
  private final JoinedHeaders nearHit;
  private final JoinedHeaders nearHitAbsent;
  private final JoinedHeaders unkept;

  /**
   * @param always what every answer has: its content type, and what goes with that
   */
  public AnswerHeaders(Freshness freshness, Ages ages, JoinedHeaders always) {
    this.ages = ages;
    this.present = always.and(HeaderNames.CACHE_CONTROL, maxAge(freshness.freshFor()));
    this.absent = always.and(HeaderNames.CACHE_CONTROL, maxAge(freshness.negativeFor()));
    this.unkept = always.and(HeaderNames.CACHE_CONTROL, "no-store");
    Provenance near = new Provenance();
    near.add(Origin.of(Layer.NEAR, 0), 0);
    this.nearHit = with(present, near).constant();
    this.nearHitAbsent = with(absent, near).constant();
  }

  /** Adds all but the length and the entity tag. */
  public void add(Findings findings, WritableHeaders<?> headers) {
    Provenance provenance = findings.provenance();
    if (findings.isPartial()) {
      with(unkept, provenance).addTo(headers);
    } else if (provenance.isNearHit()) {
      (findings.hasAbsent() ? nearHitAbsent : nearHit).addTo(headers);
    } else {
      with(findings.hasAbsent() ? absent : present, provenance).addTo(headers);
    }
    headers.set(ages.header(findings.ageSeconds()));
  }

  private static String maxAge(Duration maxAge) {
    return "private, max-age=" + maxAge.toSeconds();
  }

  private static JoinedHeaders with(JoinedHeaders known, Provenance provenance) {
    String cacheStatus = provenance.cacheStatus();
    JoinedHeaders some = cacheStatus.isEmpty() ? known : known.and(CACHE_STATUS, cacheStatus);
    String serverTiming = provenance.serverTiming();
    return serverTiming.isEmpty() ? some : some.and(SERVER_TIMING, serverTiming);
  }
}
