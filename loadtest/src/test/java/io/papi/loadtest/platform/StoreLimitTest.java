package io.papi.loadtest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreLimitTest {
  private long now = 7;
  private final StoreLimit limit = new StoreLimit(20, 10, () -> now);

  @ParameterizedTest
  @ValueSource(longs = {150, 200, 230})
  void verdict_aboutWhatTheLimitAllows_isKept(long ids) {
    assertThat(verdict(ids)).isEqualTo(StoreLimit.KEPT);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 149, 231, 4_000})
  void verdict_otherwise_saysHowMany(long ids) {
    assertThat(verdict(ids)).isEqualTo("the store read " + ids + " ids in 10.0 s, and might 200");
  }

  @Test
  void verdict_othersHadMoreRead_countsForThem() {
    StoreLimit.Reading before = limit.reading(metrics(100));
    for (int i = 0; i < 300; i++) {
      limit.answeredOther("near; fwd=miss");
    }
    now += TimeUnit.SECONDS.toNanos(10);

    assertThat(limit.verdict(before, limit.reading(metrics(600)))).isEqualTo(StoreLimit.KEPT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "near; fwd=miss | 1",
        "redis; fwd=miss, near; fwd=miss | 1",
        "redis; fwd=miss; collapsed, near; fwd=miss | 0",
        "redis; hit, near; fwd=miss | 0",
        "redis; hit | 0",
        "near; hit | 0",
        "null | 0",
      })
  void answeredOther_countsWhatWasReadForIt(String cacheStatus, long expected) {
    limit.answeredOther(cacheStatus);

    assertThat(limit.reading("").others()).isEqualTo(expected);
  }

  @Test
  void reading_sumsIdsOfTheDataset() {
    String metrics =
        """
        # TYPE papi_store_batch_keys summary
        papi_store_batch_keys_count{dataset="customer"} 3
        papi_store_batch_keys_sum{dataset="customer"} 48.0
        papi_store_batch_keys_sum{dataset="product"} 7.0
        """;

    assertThat(limit.reading(metrics)).isEqualTo(new StoreLimit.Reading(7, 48, 0));
  }

  private String verdict(long ids) {
    StoreLimit.Reading before = limit.reading(metrics(1_000));
    now += TimeUnit.SECONDS.toNanos(10);
    return limit.verdict(before, limit.reading(metrics(1_000 + ids)));
  }

  private static String metrics(long ids) {
    return "papi_store_batch_keys_sum{dataset=\"customer\"} " + ids;
  }
}
