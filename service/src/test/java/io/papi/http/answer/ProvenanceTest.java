package io.papi.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private final Provenance provenance = new Provenance();

  @Test
  void cacheStatus_freshRowOfTheStore_isAMiss() {
    provenance.add(Origin.of(Layer.STORE, 1).behind(Layer.REDIS, 1).behind(Layer.NEAR, 1), 0);
    assertThat(provenance.cacheStatus()).isEqualTo("redis; fwd=miss, near; fwd=miss");
  }

  @Test
  void cacheStatus_rowOfTheStorePastItsTime_isMarkedAtTheCacheInFront() {
    provenance.add(Origin.joined(Layer.STORE, 1).behind(Layer.REDIS, 1).behind(Layer.NEAR, 1), -1);
    provenance.add(Origin.of(Layer.NEAR, 0), 5);
    assertThat(provenance.cacheStatus())
        .isEqualTo("redis; fwd=miss; collapsed; ttl=-1, near; fwd=miss; detail=\"1/2\"");
  }
}
