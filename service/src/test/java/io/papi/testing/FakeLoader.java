package io.papi.testing;

import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A loader that answers each key as a test says, and remembers its loads. Thread-safe. */
public final class FakeLoader implements Loader {
  private final List<Set<Key>> loads = new CopyOnWriteArrayList<>();
  private volatile Function<Key, Outcome> answer;

  public FakeLoader(Function<Key, Outcome> answer) {
    this.answer = answer;
  }

  public void answer(Function<Key, Outcome> next) {
    answer = next;
  }

  /** The keys of each load. */
  public List<Set<Key>> loads() {
    return loads;
  }

  @Override
  public Map<Key, Outcome> load(Set<Key> keys) {
    loads.add(Set.copyOf(keys));
    Map<Key, Outcome> outcomes = new HashMap<>();
    for (Key key : keys) {
      outcomes.put(key, answer.apply(key));
    }
    return outcomes;
  }

  @Override
  public String toString() {
    return "fake";
  }
}
