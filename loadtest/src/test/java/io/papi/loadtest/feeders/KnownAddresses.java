package io.papi.loadtest.feeders;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The e-mail addresses of customers, as the service itself has given them. A record of theirs sets
 * {@link #ADDRESS} or {@link #ADDRESSES}, and {@link #FOLDED}. Thread-safe.
 */
public final class KnownAddresses {
  /** One address, in the letters that the customer wrote it in. */
  public static final String ADDRESS = "address";

  /** Several, as strings of JSON with commas between them. */
  public static final String ADDRESSES = "addresses";

  /** The same in small letters, joined by commas: what the rows in the answer must have. */
  public static final String FOLDED = "folded";

  /** The column that says who has an address. */
  private static final String ID = "C_CUSTOMER_SK";

  /** The column of addresses in the letters that customers wrote. */
  private static final String WRITTEN = "C_EMAIL_ADDRESS";

  private final Map<String, String> byId = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Adds those of an answer. One that somebody else has, too, cannot be asked for. */
  public void add(String rows) {
    for (JsonNode row : JsonMapper.shared().readTree(rows)) {
      String address = row.path(WRITTEN).asString("");
      if (!address.isEmpty() && seen.add(folded(address))) {
        byId.put(row.path(ID).asString(), address);
      }
    }
  }

  /** How many there are. */
  public int count() {
    return byId.size();
  }

  /** Popular customers by their addresses, without end. */
  public Iterator<Map<String, Object>> popular(Customers customers) {
    return endless(customers.popular()).flatMap(record -> one(record).stream()).iterator();
  }

  /** Batches of customers by their addresses, without end. */
  public Iterator<Map<String, Object>> batches(Customers customers) {
    return endless(customers.batches()).flatMap(record -> several(record).stream()).iterator();
  }

  private Stream<Map<String, Object>> endless(Iterator<Map<String, Object>> records) {
    return Stream.generate(
        () -> {
          if (byId.isEmpty()) { // or the search for a customer who has one would not end
            throw new IllegalStateException("no address is known");
          }
          return records.next();
        });
  }

  /** Empty for a customer without an address. */
  Optional<Map<String, Object>> one(Map<String, Object> record) {
    return Optional.ofNullable(byId.get(ids(record)))
        .map(
            address ->
                Map.of(
                    ADDRESS,
                    address,
                    FOLDED,
                    folded(address),
                    Customers.KIND,
                    Objects.requireNonNull(record.get(Customers.KIND))));
  }

  /** Empty if none of the customers has an address. */
  Optional<Map<String, Object>> several(Map<String, Object> record) {
    List<String> addresses =
        Stream.of(ids(record).split(",", -1))
            .flatMap(id -> Stream.ofNullable(byId.get(id)))
            .toList();
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    String written =
        addresses.stream()
            .map(JsonMapper.shared()::writeValueAsString)
            .collect(Collectors.joining(","));
    String folded = addresses.stream().map(KnownAddresses::folded).collect(Collectors.joining(","));
    return Optional.of(Map.of(ADDRESSES, written, FOLDED, folded));
  }

  private static String ids(Map<String, Object> record) {
    return Objects.toString(record.get(Customers.IDS));
  }

  private static String folded(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
