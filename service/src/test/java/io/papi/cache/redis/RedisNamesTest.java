package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Key;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RedisNamesTest {
  private static final StoreIdentity STORE = new StoreIdentity(List.of("store"));
  private static final Dataset CUSTOMER = dataset("T", "K", new KeyType.Whole(38), 1, "A", "BC");

  @Test
  void of_key_hasDatasetHashAndKey() {
    assertThat(name(CUSTOMER)).matches("papi:customer:[0-9a-f]{8}:1885");
  }

  @Test
  void of_otherConfiguration_isAnotherName() {
    assertThat(
            Stream.of(
                    CUSTOMER,
                    dataset("T2", "K", new KeyType.Whole(38), 1, "A", "BC"),
                    dataset("T", "K2", new KeyType.Whole(38), 1, "A", "BC"),
                    dataset("T", "K", new KeyType.Whole(37), 1, "A", "BC"),
                    dataset("T", "K", new KeyType.Text(38), 1, "A", "BC"),
                    dataset("T", "K", new KeyType.Whole(38), 2, "A", "BC"),
                    dataset("T", "K", new KeyType.Whole(38), 1, "BC", "A"),
                    dataset("T", "K", new KeyType.Whole(38), 1, "AB", "C"))
                .map(RedisNamesTest::name))
        .doesNotHaveDuplicates();
  }

  @Test
  void of_largeNumbersAsStrings_isAnotherName() {
    Dataset asStrings =
        new Dataset(
            CUSTOMER.name(),
            CUSTOMER.table(),
            CUSTOMER.keyColumn(),
            CUSTOMER.keyType(),
            CUSTOMER.columns(),
            true,
            CUSTOMER.generation(),
            CUSTOMER.freshness());

    assertThat(name(asStrings)).isNotEqualTo(name(CUSTOMER));
  }

  @Test
  void of_otherFreshness_isTheSameName() {
    Dataset fresher =
        new Dataset(
            CUSTOMER.name(),
            CUSTOMER.table(),
            CUSTOMER.keyColumn(),
            CUSTOMER.keyType(),
            CUSTOMER.columns(),
            CUSTOMER.largeNumbersAsStrings(),
            CUSTOMER.generation(),
            new Freshness(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.5));

    assertThat(name(fresher)).isEqualTo(name(CUSTOMER));
  }

  /** {@code papi:clock} and {@code papi:clock:<16 digits>} are the clock's. */
  @Test
  void of_datasetCalledClock_isNoNameOfTheClock() {
    Dataset clock = dataset("clock", "T", "K", new KeyType.Text(38), 1, "A");
    assertThat(new String(new RedisNames(clock, STORE).of(new Key("")), UTF_8))
        .matches("papi:clock:[0-9a-f]{8}:");
  }

  @Test
  void of_otherStore_isAnotherName() {
    assertThat(
            Stream.of(
                    List.of("snowflake", "here", ""),
                    List.of("snowflake", "there", ""),
                    List.of("snowflake", "", "here"),
                    List.of("snowflake", "here"),
                    List.of("snowflake", "here", "", "T"),
                    List.of("snowflakehere", ""),
                    List.<String>of())
                .map(parts -> name(CUSTOMER, new StoreIdentity(parts))))
        .doesNotHaveDuplicates();
  }

  @Test
  void of_sameStore_isTheSameName() {
    assertThat(name(CUSTOMER, new StoreIdentity(List.of("a", "b"))))
        .isEqualTo(name(CUSTOMER, new StoreIdentity(List.of("a", "b"))));
  }

  private static String name(Dataset dataset) {
    return name(dataset, STORE);
  }

  private static String name(Dataset dataset, StoreIdentity store) {
    return new String(new RedisNames(dataset, store).of(new Key("1885")), UTF_8);
  }

  private static Dataset dataset(
      String table, String keyColumn, KeyType type, int generation, String... columns) {
    return dataset("customer", table, keyColumn, type, generation, columns);
  }

  private static Dataset dataset(
      String name,
      String table,
      String keyColumn,
      KeyType type,
      int generation,
      String... columns) {
    Duration hour = Duration.ofHours(1);
    return new Dataset(
        name,
        table,
        keyColumn,
        type,
        List.of(columns),
        false,
        generation,
        new Freshness(hour, hour, hour, hour, 0));
  }
}
