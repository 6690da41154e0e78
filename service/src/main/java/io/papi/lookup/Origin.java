package io.papi.lookup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The way an outcome came: the layers that were asked for it, the outermost first; the last one
 * answered.
 *
 * @param visits at least one
 */
public record Origin(List<Visit> visits) {

  /** A layer that can hold rows. */
  public enum Layer {
    NEAR,
    REDIS,
    STORE
  }

  /**
   * One layer that was asked.
   *
   * @param nanos the time spent in it and not in the layers behind it
   * @param joined whether the load was shared with another caller's
   */
  public record Visit(Layer layer, long nanos, boolean joined) {

    private Visit and(Visit other) {
      return new Visit(layer, nanos + other.nanos, joined || other.joined);
    }
  }

  public Origin {
    visits = List.copyOf(visits);
    if (visits.isEmpty()) {
      throw new IllegalArgumentException("visits is empty");
    }
  }

  /** An answer of {@code layer} itself. */
  public static Origin of(Layer layer, long nanos) {
    return new Origin(List.of(new Visit(layer, nanos, false)));
  }

  /** An answer of {@code layer} by a load that another caller began. */
  public static Origin joined(Layer layer, long nanos) {
    return new Origin(List.of(new Visit(layer, nanos, true)));
  }

  private boolean isNearHit() {
    return visits.size() == 1 && layer() == Layer.NEAR;
  }

  /** The layer that answered. */
  public Layer layer() {
    return visits.getLast().layer();
  }

  /**
   * The way of an answer that took two lookups: the layers that one of them asked, each with the
   * time spent in it by both.
   */
  public Origin with(Origin other) {
    if (isNearHit() && other.isNearHit()) {
      return this;
    }
    Map<Layer, Visit> both = new EnumMap<>(Layer.class);
    for (List<Visit> way : List.of(visits, other.visits)) {
      way.forEach(visit -> both.merge(visit.layer(), visit, Visit::and));
    }
    return new Origin(List.copyOf(both.values()));
  }

  /** The same answer as seen in front of {@code outer}, which was asked first and had none. */
  public Origin behind(Layer outer, long nanos) {
    List<Visit> all = new ArrayList<>(visits.size() + 1);
    all.add(new Visit(outer, nanos, false));
    all.addAll(visits);
    return new Origin(all);
  }
}
