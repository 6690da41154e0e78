package io.papi.testing;

import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A lookup that answers each key as a test says, and remembers what it was asked. Thread-safe. */
public final class FakeLookup implements Lookup {

  /** One call. */
  public record Call(Set<Key> keys, Need need) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final FakeLoader rows;

  public FakeLookup(Function<Key, Outcome> answer) {
    this.rows = new FakeLoader(answer);
  }

  public void answer(Function<Key, Outcome> next) {
    rows.answer(next);
  }

  public List<Call> calls() {
    return calls;
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    calls.add(new Call(Set.copyOf(keys), need));
    return rows.load(keys);
  }

  @Override
  public String toString() {
    return "fake";
  }
}
