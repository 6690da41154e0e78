package io.papi.loadtest.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CustomersTest {
  private final List<String> ids = IntStream.rangeClosed(1, 10_000).mapToObj(i -> "" + i).toList();
  private final Customers customers = new Customers(ids);

  @Test
  void new_tooFewIds_throwsException() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Customers(ids.subList(0, 99)));
  }

  @Test
  void popular_marksTheHottest() {
    Iterator<Map<String, Object>> popular = customers.popular();

    for (int i = 0; i < 1_000; i++) {
      Map<String, Object> customer = popular.next();
      boolean hot = Integer.parseInt(text(customer, Customers.IDS)) <= 100;
      assertThat(customer.get(Customers.KIND)).isEqualTo(hot ? Customers.HOT : Customers.ANY);
    }
  }

  @Test
  void random_givesKnownCustomers() {
    Iterator<Map<String, Object>> random = customers.random();

    for (int i = 0; i < 1_000; i++) {
      assertThat(ids).contains(text(random.next(), Customers.IDS));
    }
  }

  @Test
  void batches_haveAllSizesAndNoIdTwice() {
    Random random = new Random(1885);
    Map<String, Set<Integer>> sizes = new HashMap<>();

    for (int i = 0; i < 5_000; i++) {
      Map<String, Object> batch = customers.batch(random);
      List<String> asked = List.of(text(batch, Customers.IDS).split(",", -1));
      assertThat(new HashSet<>(asked)).hasSameSizeAs(asked);
      sizes.computeIfAbsent(text(batch, Customers.KIND), kind -> new TreeSet<>()).add(asked.size());
    }

    assertThat(sizes.get("1 to 10 ids")).containsExactlyElementsOf(range(1, 10));
    assertThat(sizes.get("11 to 50 ids")).containsExactlyElementsOf(range(11, 50));
    assertThat(sizes.get("51 to 100 ids")).containsExactlyElementsOf(range(51, 100));
  }

  @Test
  void nobody_givesOthersEachTime() {
    Iterator<Map<String, Object>> nobody = Customers.nobody(16);
    Set<String> seen = new HashSet<>();

    for (int i = 0; i < 1_000; i++) {
      seen.addAll(List.of(text(nobody.next(), Customers.IDS).split(",", -1)));
    }

    assertThat(seen).hasSize(16_000).doesNotContainAnyElementsOf(ids);
  }

  private static String text(Map<String, Object> customer, String attribute) {
    return Objects.toString(customer.get(attribute));
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }
}
