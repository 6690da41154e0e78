package io.papi.alternate;

import static java.util.Objects.requireNonNull;

import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rows by the values of an alternate key. One lookup knows which row has a value, the other
 * gives that row. Thread-safe.
 *
 * <p>The two were read at different times, so a row may not have the value any more, or not yet. It
 * is never given then: both are asked anew, for what is younger than what contradicts itself. If
 * that is not to be had, or contradicts itself again and again, nothing is known of the value,
 * which is not the same as that no row has it.
 */
public final class AlternateLookup implements Lookup {
  /** Each time what is read is younger, and the two closer together. */
  private static final int MAX_ROUNDS = 4;

  private final Lookup mappings;
  private final Lookup rows;
  private final ColumnText key;
  private final ColumnText value;
  private final long rowsFreshNanos;
  private final long mappingsFreshNanos;

  /**
   * @param mappings gives for a value a row with nothing but the key of the row that has it
   * @param rows the rows by their own key
   * @param keyColumn the column of the rows' own key, as a mapping shows it
   * @param valueColumn the column of the values, as a row shows it
   * @param rowsFreshFor how old a row may be that a caller gets who does not say so
   * @param mappingsFreshFor how old the mapping may be for that caller
   */
  public AlternateLookup(
      Lookup mappings,
      Lookup rows,
      String keyColumn,
      String valueColumn,
      Duration rowsFreshFor,
      Duration mappingsFreshFor) {
    this.mappings = mappings;
    this.rows = rows;
    this.key = new ColumnText(keyColumn);
    this.value = new ColumnText(valueColumn);
    this.rowsFreshNanos = rowsFreshFor.toNanos();
    this.mappingsFreshNanos = mappingsFreshFor.toNanos();
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> values, Need need) {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(values.size());
    Round round = new Round(values, need, outcomes);
    for (int rounds = 1; !round.contradicted.isEmpty() && rounds < MAX_ROUNDS; rounds++) {
      Need younger = need.youngerThan(round.youngestReadAt);
      round = new Round(round.contradicted.keySet(), younger, outcomes);
    }
    round.contradicted.forEach((each, why) -> outcomes.put(each, new Unavailable(why)));
    return outcomes;
  }

  @Override
  public Outcome find(Key asked, Need need) {
    Outcome mapping = mappings.find(asked, ofMapping(need));
    if (!(mapping instanceof Found found)) {
      return mapping;
    }
    Optional<String> own = key.of(found.row());
    if (own.isEmpty()) {
      return withoutKey(found);
    }
    Outcome row = rows.find(new Key(own.get()), need);
    return switch (row) {
      case Found its when hasValue(its, asked) -> behind(found, its);
      case Unreadable _, Unavailable _ -> row;
      // the two contradict each other, which is rare enough to begin again
      case Found _, Absent _ -> Lookup.super.find(asked, need);
    };
  }

  /**
   * What the mapping must be for this need. Who asks for rows that are younger than usual gets such
   * a mapping, too: that no row has a value is known by it alone.
   */
  private Need ofMapping(Need need) {
    boolean isUsual = need.asked() - need.notOlderThan() == rowsFreshNanos;
    return isUsual && mappingsFreshNanos != rowsFreshNanos
        ? need.notOlderThan(need.asked() - mappingsFreshNanos)
        : need;
  }

  private boolean hasValue(Found row, Key asked) {
    return value.of(row.row()).filter(asked.text()::equals).isPresent();
  }

  private static Outcome withoutKey(Found mapping) {
    return new Unreadable(mapping.readAt(), mapping.origin());
  }

  /** A row that was asked for because of a mapping. */
  private static Outcome behind(Found mapping, Found row) {
    return row.from(row.origin().with(mapping.origin()));
  }

  /** What a value leads to. */
  private record Mapping(Found found, Key key) {}

  /** One attempt: it puts an outcome for each value whose mapping and row go together. */
  private final class Round {
    /** Why nothing is known of each, unless another round tells. */
    private final Map<Key, Reason> contradicted = new LinkedHashMap<>();

    private final Need ofMappings;
    private final Need ofRows;

    /** Of all that contradicts itself; meaningless if nothing does. */
    private long youngestReadAt;

    Round(Set<Key> values, Need need, Map<Key, Outcome> outcomes) {
      this.ofMappings = ofMapping(need);
      this.ofRows = need;
      Map<Key, Outcome> mapped = mappings.find(values, ofMappings);
      Map<Key, Mapping> found = new HashMap<>();
      Set<Key> keys = new HashSet<>();
      for (Key each : values) {
        Outcome mapping = outcome(mapped, each);
        if (!(mapping instanceof Found its)) {
          outcomes.put(each, mapping);
          continue;
        }
        Optional<Key> own = key.of(its.row()).map(Key::new);
        if (own.isPresent()) {
          found.put(each, new Mapping(its, own.get()));
          keys.add(own.get());
        } else {
          outcomes.put(each, withoutKey(its));
        }
      }
      if (!keys.isEmpty()) {
        Map<Key, Outcome> own = rows.find(keys, need);
        found.forEach(
            (each, mapping) -> add(each, mapping.found(), outcome(own, mapping.key()), outcomes));
      }
    }

    private void add(Key asked, Found mapping, Outcome row, Map<Key, Outcome> outcomes) {
      switch (row) {
        case Found its when hasValue(its, asked) -> outcomes.put(asked, behind(mapping, its));
        case Found its -> contradict(asked, mapping.readAt(), its.readAt());
        case Absent its -> contradict(asked, mapping.readAt(), its.readAt());
        case Unreadable _, Unavailable _ -> outcomes.put(asked, row);
      }
    }

    private void contradict(Key asked, long mappingReadAt, long rowReadAt) {
      long later = mappingReadAt - rowReadAt > 0 ? mappingReadAt : rowReadAt;
      boolean isFirst = contradicted.isEmpty();
      youngestReadAt = isFirst || later - youngestReadAt > 0 ? later : youngestReadAt;
      // what is older than it should be stands in for what the store did not answer
      boolean answered = ofMappings.isMetBy(mappingReadAt) && ofRows.isMetBy(rowReadAt);
      contradicted.put(asked, answered ? Reason.CONTRADICTED : Reason.STORE_FAILED);
    }
  }

  private static Outcome outcome(Map<Key, Outcome> outcomes, Key asked) {
    return requireNonNull(outcomes.get(asked), "no outcome for a key that was asked");
  }

  @Override
  public String toString() {
    return mappings + " then " + rows;
  }
}
