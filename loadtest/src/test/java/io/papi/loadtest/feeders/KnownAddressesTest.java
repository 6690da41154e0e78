package io.papi.loadtest.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KnownAddressesTest {
  private static final Map<String, Object> JANE = record("1", Customers.HOT);

  private final KnownAddresses addresses = new KnownAddresses();

  @Test
  void one_known_isAsWritten_andFolded() {
    add("1", "\"Jane@EXAMPLE.com\"");

    assertThat(addresses.count()).isEqualTo(1);
    assertThat(addresses.one(JANE))
        .contains(
            Map.of(
                KnownAddresses.ADDRESS, "Jane@EXAMPLE.com",
                KnownAddresses.FOLDED, "jane@example.com",
                Customers.KIND, Customers.HOT));
  }

  @Test
  void one_withoutAnAddress_isEmpty() {
    add("1", "null");

    assertThat(addresses.count()).isZero();
    assertThat(addresses.one(JANE)).isEmpty();
  }

  @Test
  void add_addressOfAnother_isLeftOut() {
    add("1", "\"Jane@EXAMPLE.com\"");
    add("2", "\"jane@example.com\"");

    assertThat(addresses.count()).isEqualTo(1);
  }

  @Test
  void several_keepTheirOrder_andAreStringsOfJson() {
    add("1", "\"Jane@x\"");
    add("3", "\"O\\\"Neill@x\"");

    assertThat(addresses.several(record("3,2,1", Customers.ANY)))
        .contains(
            Map.of(
                KnownAddresses.ADDRESSES, "\"O\\\"Neill@x\",\"Jane@x\"",
                KnownAddresses.FOLDED, "o\"neill@x,jane@x"));
    assertThat(addresses.several(record("2", Customers.ANY))).isEmpty();
  }

  @Test
  void popular_nothingKnown_throwsException() {
    Customers customers =
        new Customers(IntStream.rangeClosed(1, 100).mapToObj(i -> "" + i).toList());
    assertThatIllegalStateException().isThrownBy(() -> addresses.popular(customers).next());

    add("1", "\"Jane@EXAMPLE.com\"");
    assertThat(addresses.popular(customers).next())
        .containsEntry(KnownAddresses.ADDRESS, "Jane@EXAMPLE.com");
  }

  private void add(String id, String address) {
    addresses.add("[{\"C_CUSTOMER_SK\":" + id + ",\"C_EMAIL_ADDRESS\":" + address + "}]");
  }

  private static Map<String, Object> record(String ids, String kind) {
    return Map.of(Customers.IDS, ids, Customers.KIND, kind);
  }
}
