package io.papi.coalesce;

import io.papi.lookup.Requester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A queue in which requesters take turns, however many elements each has. Guarded by its owner's
 * lock.
 *
 * <p>Elements wait in rounds, one of each requester in a round (fair queuing: Nagle, "On packet
 * switches with infinite storage", RFC 970). A requester's next element goes into the round after
 * that of its last one, but never into the round that is being served: so a round ends whoever
 * comes meanwhile, and nothing has to be remembered about a requester who has nothing waiting. A
 * requester of one thing waits for no more than two rounds.
 *
 * <p>Requesters may share an element. It stands in the turn of the one who is served first.
 *
 * @param <E> told apart by {@code equals}
 */
final class FairQueue<E> {
  private final NavigableMap<Long, SequencedMap<Requester, E>> rounds = new TreeMap<>();
  private final Map<E, Place> places = new HashMap<>();
  private final Map<Requester, Share> shares = new HashMap<>();

  /** The round that is being served: nothing is added to it. */
  private long served;

  /**
   * Where an element stands.
   *
   * @param holder the one in whose turn it is served
   * @param shared whether others wait for it too
   */
  private record Place(Requester holder, long round, boolean shared) {}

  /**
   * What one requester has waiting.
   *
   * @param elements how many elements it holds, at least one
   */
  private record Share(long lastRound, int elements) {}

  int size() {
    return places.size();
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** How many requesters hold the elements that wait. */
  int requesters() {
    return shares.size();
  }

  /** How many elements would be served before the last of {@code count} new ones. */
  int ahead(Requester requester, int count) {
    int ahead = count - 1;
    for (SequencedMap<Requester, E> round :
        rounds.headMap(nextRound(requester) + count, false).values()) {
      ahead += round.size();
    }
    return ahead;
  }

  /** Adds an element that does not wait yet. */
  void add(Requester requester, E element) {
    put(requester, element, false);
  }

  /** {@code requester} waits for {@code element} too, if that has not been served yet. */
  void share(Requester requester, E element) {
    Place place = places.get(element);
    if (place == null || place.holder().equals(requester)) {
      return;
    }
    if (nextRound(requester) < place.round()) {
      remove(element);
      put(requester, element, true);
    } else {
      places.put(element, new Place(place.holder(), place.round(), true));
    }
  }

  /** Takes the element whose turn it is. */
  Optional<E> poll() {
    Map.Entry<Long, SequencedMap<Requester, E>> first = rounds.firstEntry();
    if (first == null) {
      return Optional.empty();
    }
    served = first.getKey();
    E element = first.getValue().firstEntry().getValue();
    remove(element);
    return Optional.of(element);
  }

  /** Whether {@code element} waited, and does not any more. */
  boolean remove(E element) {
    Place place = places.remove(element);
    if (place == null) {
      return false;
    }
    rounds.computeIfPresent(
        place.round(),
        (_, round) -> {
          round.remove(place.holder());
          return round.isEmpty() ? null : round;
        });
    shares.computeIfPresent(
        place.holder(),
        (_, share) ->
            share.elements() == 1 ? null : new Share(share.lastRound(), share.elements() - 1));
    return true;
  }

  /**
   * Takes out the element that would be served last, and with it what else its requester alone
   * waits for: without a part it mostly has no use for the rest.
   */
  List<E> evict() {
    Map.Entry<Long, SequencedMap<Requester, E>> last = rounds.lastEntry();
    if (last == null) {
      return List.of();
    }
    Requester holder = last.getValue().lastEntry().getKey();
    List<E> evicted = new ArrayList<>();
    for (SequencedMap<Requester, E> round : rounds.descendingMap().values()) {
      E element = round.get(holder);
      if (element != null && (evicted.isEmpty() || !isShared(element))) {
        evicted.add(element);
      }
    }
    evicted.forEach(this::remove);
    return evicted;
  }

  /** Takes out all. */
  List<E> clear() {
    List<E> all = List.copyOf(places.keySet());
    all.forEach(this::remove);
    return all;
  }

  private boolean isShared(E element) {
    Place place = places.get(element);
    return place != null && place.shared();
  }

  private long nextRound(Requester requester) {
    Share share = shares.get(requester);
    return share == null ? served + 1 : Math.max(served, share.lastRound()) + 1;
  }

  private void put(Requester requester, E element, boolean shared) {
    long round = nextRound(requester);
    places.put(element, new Place(requester, round, shared));
    rounds.computeIfAbsent(round, _ -> new LinkedHashMap<>()).put(requester, element);
    shares.merge(requester, new Share(round, 1), (old, _) -> new Share(round, old.elements() + 1));
  }
}
