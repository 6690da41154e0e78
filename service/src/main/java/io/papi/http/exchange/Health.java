package io.papi.http.exchange;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Whether this instance should get requests. It is ready once its path has been warmed, and until
 * it drains; a part that is down makes it degraded, not unready. But an instance that its store
 * refuses to let in has nothing to serve, and must not replace others. Thread-safe.
 */
public final class Health {

  /** Where an instance is in its life, in this order. */
  public enum Stage {
    STARTING,
    READY,
    DRAINING
  }

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);
  private final Map<String, BooleanSupplier> parts;
  private final BooleanSupplier isRefused;

  /**
   * @param parts by name, whether each part that may be down is up
   */
  public Health(Map<String, BooleanSupplier> parts) {
    this(parts, () -> false);
  }

  /**
   * @param parts by name, whether each part that may be down is up
   * @param isRefused whether the store was never reached, because it refuses the sign-in
   */
  public Health(Map<String, BooleanSupplier> parts, BooleanSupplier isRefused) {
    this.parts = new TreeMap<>(parts);
    this.isRefused = isRefused;
  }

  /** Whether the store was never reached, because it refuses the sign-in. */
  public boolean isRefused() {
    return isRefused.getAsBoolean();
  }

  public Stage stage() {
    return requireNonNull(stage.get(), "stage is null");
  }

  /** Moves on to {@code next}; never back to an earlier stage. */
  public void moveTo(Stage next) {
    stage.updateAndGet(now -> next.compareTo(now) > 0 ? next : now);
  }

  /** By name, whether each part is up. */
  public Map<String, Boolean> parts() {
    Map<String, Boolean> states = new TreeMap<>();
    parts.forEach((name, isUp) -> states.put(name, isUp.getAsBoolean()));
    return states;
  }
}
