package io.papi.caller;

import java.util.List;
import java.util.function.Function;

/** Something that there is for each caller. Immutable. */
public final class PerCaller<T> {
  private final List<T> byPlace;

  public PerCaller(Callers callers, Function<Caller, T> each) {
    this.byPlace = callers.all().stream().map(each).toList();
  }

  /** That of {@code caller}. */
  public T of(Caller caller) {
    return byPlace.get(caller.place());
  }
}
