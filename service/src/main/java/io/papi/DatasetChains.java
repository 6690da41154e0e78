package io.papi;

import io.papi.alternate.AlternateInvalidator;
import io.papi.alternate.AlternateLookup;
import io.papi.cache.redis.NameSecret;
import io.papi.dataset.AlternateKey;
import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.dataset.ServedKey;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;
import io.papi.store.ConnectionPool;
import io.papi.store.SqlStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains that answer for one dataset: that of its rows, and for each alternate key one of the
 * mappings from its values to the rows' own keys.
 *
 * @param rows by their own key
 * @param mappings by the alternate key that they are of
 */
record DatasetChains(
    Dataset dataset, Chain<SqlStore> rows, Map<AlternateKey, Chain<SqlStore>> mappings) {

  /**
   * @param secret hides the values of alternate keys in Redis
   */
  static DatasetChains of(
      Dataset dataset, NameSecret secret, ConnectionPool connections, Chain.Shared shared) {
    Map<AlternateKey, Chain<SqlStore>> mappings = new LinkedHashMap<>();
    for (AlternateKey key : dataset.alternateKeys()) {
      mappings.put(key, Chain.ofMapping(dataset.mapping(key), secret, connections, shared));
    }
    return new DatasetChains(dataset, Chain.ofDataset(dataset, connections, shared), mappings);
  }

  /** The dataset as the server offers it. */
  ServedDataset served() {
    SqlStore store = rows.served();
    Invalidator invalidator = invalidator();
    List<ServedKey> keys = new ArrayList<>();
    keys.add(
        new ServedKey(
            dataset.name(),
            dataset.shownKey(),
            dataset.keyType(),
            Fold.NONE,
            dataset.freshness(),
            rows.lookup(),
            invalidator,
            store::defaultRow));
    mappings.forEach((key, mapping) -> keys.add(served(key, mapping, invalidator)));
    return new ServedDataset(dataset, keys, store::columns, store::kinds);
  }

  private ServedKey served(AlternateKey key, Chain<SqlStore> mapping, Invalidator ofRows) {
    Dataset mapped = dataset.mapping(key);
    String ownKey = mapped.shown(dataset.keyColumn());
    return new ServedKey(
        mapped.name(),
        dataset.shown(key.column()),
        key.type(),
        key.fold(),
        dataset.freshness().withNegativeFor(key.freshness().negativeFor()),
        lookup(key, mapping),
        new AlternateInvalidator(mapping.coalesced(), mapping::kept, Map.of(ownKey, ofRows)),
        value -> rows.served().defaultRow(key.column(), value));
  }

  private Lookup lookup(AlternateKey key, Chain<SqlStore> mapping) {
    return new AlternateLookup(
        mapping.lookup(),
        rows.lookup(),
        dataset.mapping(key).shown(dataset.keyColumn()),
        dataset.shown(key.column()),
        dataset.freshness().freshFor(),
        key.freshness().freshFor());
  }

  /** With a row the mappings are invalidated that lead to it. */
  private Invalidator invalidator() {
    if (mappings.isEmpty()) {
      return rows.coalesced();
    }
    Map<String, Invalidator> ofMappings = new HashMap<>();
    mappings.forEach(
        (key, mapping) -> ofMappings.put(dataset.shown(key.column()), mapping.coalesced()));
    return new AlternateInvalidator(rows.coalesced(), rows::kept, ofMappings);
  }

  /** All of them, with their paths. */
  Map<String, Chain<SqlStore>> all() {
    Map<String, Chain<SqlStore>> all = new LinkedHashMap<>();
    all.put("/" + dataset.name(), rows);
    mappings.forEach((key, mapping) -> all.put("/" + dataset.mapping(key).name(), mapping));
    return all;
  }
}
