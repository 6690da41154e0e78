package io.papi.http.answer;

import io.papi.dataset.Freshness;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one answer says, whatever its shape: its rows, the ids that have none, the ids that could
 * not be answered, each in the order asked; and how old the rows are and where they came from.
 *
 * <p>Made for one answer by one thread.
 */
public final class Findings {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long freshNanos;
  private final long now;
  private final List<Row> rows;
  private final long[] ages;
  private final Provenance provenance = new Provenance();
  private int known;
  private long oldestNanos;
  private boolean absent;

  // Most answers have none of these, and do not pay for them.
  private List<Key> missing = List.of();
  private List<Key> defaulted = List.of();
  private List<Key> standIns = List.of();
  private Map<Key, Outcome> unanswered = Map.of();

  public Findings(Freshness freshness, int keys, long now) {
    this.freshNanos = freshness.freshFor().toNanos();
    this.now = now;
    this.rows = new ArrayList<>(keys);
    this.ages = new long[keys];
  }

  /** The next id has a row, of which {@code row} is shown. */
  public void found(Row row, Found found) {
    rows.add(row);
    provenance.add(found.origin(), Math.floorDiv(freshNanos - age(found), NANOS_PER_SECOND));
  }

  /** The next id has no row. */
  public void missing(Key key, Absent known) {
    missing = with(missing, key);
    absent(known);
  }

  /** The next id has no row, and {@code row} is shown in its place. */
  public void defaulted(Key key, Row row, Absent known) {
    defaulted = with(defaulted, key);
    rows.add(row);
    absent(known);
  }

  /** The next id could not be answered, and {@code row} is shown in its place. */
  public void standIn(Key key, Row row) {
    standIns = with(standIns, key);
    rows.add(row);
  }

  /** The next id could not be answered. */
  public void unanswered(Key key, Outcome outcome) {
    if (unanswered.isEmpty()) {
      unanswered = new LinkedHashMap<>();
    }
    unanswered.put(key, outcome);
  }

  private void absent(Absent outcome) {
    absent = true;
    age(outcome);
    provenance.add(outcome.origin(), 0);
  }

  private long age(Known outcome) {
    long age = Math.max(0, now - outcome.readAt());
    oldestNanos = Math.max(oldestNanos, age);
    ages[known++] = age;
    return age;
  }

  private static List<Key> with(List<Key> keys, Key key) {
    List<Key> more = keys.isEmpty() ? new ArrayList<>() : keys;
    more.add(key);
    return more;
  }

  public List<Row> rows() {
    return rows;
  }

  /** The ids that have no row, and none in its place. */
  public List<Key> missing() {
    return missing;
  }

  /** The ids that have no row, but the default one in its place. */
  public List<Key> defaulted() {
    return defaulted;
  }

  /** The ids that could not be answered, but have the default row in its place. */
  public List<Key> standIns() {
    return standIns;
  }

  /** The ids that could not be answered, and why. */
  public Map<Key, Outcome> unanswered() {
    return unanswered;
  }

  /** The number of ids that have a row, or are known to have none. */
  public int known() {
    return known;
  }

  /** The age of the {@code index}th of these, in nanoseconds. */
  long ageNanos(int index) {
    return ages[index];
  }

  /** Whether an id was absent, so that the answer holds for the shorter time. */
  public boolean hasAbsent() {
    return absent;
  }

  /** Whether an id could not be answered, so that nobody may keep what is said instead. */
  public boolean isPartial() {
    return !unanswered.isEmpty() || !standIns.isEmpty();
  }

  /** Whole seconds since the oldest of what is known was read. */
  long ageSeconds() {
    return oldestNanos / NANOS_PER_SECOND;
  }

  Provenance provenance() {
    return provenance;
  }
}
