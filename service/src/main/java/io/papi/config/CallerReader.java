package io.papi.config;

import io.papi.caller.Caller;
import io.papi.caller.Callers;
import io.papi.caller.KeyHash;
import io.papi.caller.Rate;
import io.papi.caller.Rights;
import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads who may call. */
final class CallerReader {
  /** The section that holds them. */
  static final String CALLERS = "callers";

  private static final Pattern CALLER = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_RATE = 1_000_000;
  private static final KeyHash OF_NOTHING = KeyHash.of("");

  /** The hashes of keys. */
  static final Type<List<String>> HASHES =
      Type.list(Type.text(HASH, "64 lower-case hexadecimal digits"));

  private static final Key<List<String>> KEYS_SHA256 = Key.of("keys-sha256", HASHES);
  private static final Key<String> USER = Key.of("user", Type.text());
  private static final Key<List<String>> OWN_DATASETS = Key.of("datasets", Type.list(Type.text()));
  private static final Key<List<String>> VIEWS = Key.of("views", Type.list(Type.text()));
  private static final Key<List<String>> OWN_QUERIES = Key.of("queries", Type.list(Type.text()));
  private static final Key<Integer> REQUESTS =
      Key.of("requests-per-second", Type.whole(1, MAX_RATE));
  private static final Key<Integer> BURST = Key.of("requests-burst", Type.whole(1, MAX_RATE));
  private static final Key<Integer> STORE_IDS =
      Key.of("store-ids-per-second", Type.whole(1, MAX_RATE));
  private static final Key<Boolean> MAY_BYPASS = Key.of("may-bypass-caches", Type.flag(), "false");

  /** Of everybody, where there are no callers. */
  private static final Key<Boolean> ALL_MAY_BYPASS = Key.of("may-bypass-caches", Type.flag());

  static final List<Key<?>> KEYS = List.of(ALL_MAY_BYPASS);

  static final Shape SHAPE =
      Shape.of(
          List.of(
              KEYS_SHA256,
              OWN_DATASETS,
              VIEWS,
              OWN_QUERIES,
              REQUESTS,
              BURST,
              STORE_IDS,
              MAY_BYPASS));

  private final List<Dataset> datasets;
  private final List<Query> queries;
  private final int maxIds;
  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, String> users = new HashMap<>();

  private CallerReader(List<Dataset> datasets, List<Query> queries, int maxIds) {
    this.datasets = datasets;
    this.queries = queries;
    this.maxIds = maxIds;
  }

  /**
   * @param datasets those that are enabled
   * @param queries those that are enabled
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static Callers readAll(Section root, List<Dataset> datasets, List<Query> queries) {
    CallerReader reader = new CallerReader(datasets, queries, root.get(HttpReader.MAX_IDS));
    Problems problems = new Problems();
    List<Caller> named = new ArrayList<>();
    root.named(CALLERS)
        .forEach(
            (name, section) ->
                problems
                    .in(() -> reader.read(name, named.size() + 1, section))
                    .ifPresent(named::add));
    boolean allMayBypass = problems.in(() -> root.get(ALL_MAY_BYPASS)).orElse(true);
    problems.refuseIfAny();
    return named.isEmpty() ? Callers.anybody(allMayBypass) : Callers.of(named);
  }

  private Caller read(String name, int place, Section section) {
    Problems.ofAll(
        () -> checkName(name, section),
        () -> section.check(SHAPE.keys()),
        () -> keys(name, section),
        () -> user(name, section),
        () -> rights(section),
        () -> requests(section));
    return new Caller(
        name,
        place,
        section.find(KEYS_SHA256).orElse(List.of()).stream().map(KeyHash::ofHex).toList(),
        section.find(USER),
        rights(section),
        requests(section),
        section.find(STORE_IDS).map(rate -> new Rate(rate, Math.max(rate, maxIds))),
        section.get(MAY_BYPASS));
  }

  private static void checkName(String name, Section section) {
    if (!CALLER.matcher(name).matches() || name.equals(Caller.UNNAMED)) {
      throw section.refusal(
          "%s.%s: a caller's name is lower-case letters, digits and -, not %s"
              .formatted(CALLERS, name, Caller.UNNAMED));
    }
  }

  private void keys(String name, Section section) {
    List<String> hexes = section.find(KEYS_SHA256).orElse(List.of());
    if (hexes.isEmpty() && section.find(USER).isEmpty()) {
      throw section.refusal(
          section.path(KEYS_SHA256.name())
              + " is not set, nor is user: nobody could be this caller");
    }
    for (String hex : hexes) {
      if (KeyHash.ofHex(hex).isSame(OF_NOTHING)) {
        throw section.refusal(KEYS_SHA256, " has the hash of an empty key");
      }
      String other = hashes.put(hex, name);
      if (other != null) {
        throw section.refusal(KEYS_SHA256, " has a key twice, or that of caller " + other);
      }
    }
  }

  private void user(String name, Section section) {
    section
        .find(USER)
        .ifPresent(
            user -> {
              String other = users.put(user, name);
              if (other != null) {
                throw section.refusal(USER, " is " + user + ", which caller " + other + " is");
              }
            });
  }

  private Rights rights(Section section) {
    Set<String> own = known(section, OWN_DATASETS, datasets, Dataset::name);
    Set<String> ownQueries = known(section, OWN_QUERIES, queries, Query::name);
    if (own.isEmpty() && ownQueries.isEmpty()) {
      throw section.refusal(
          section.path(OWN_DATASETS.name()) + " and queries name nothing that it may ask for");
    }
    Optional<Set<String>> views = section.find(VIEWS).map(Set::copyOf);
    views.ifPresent(these -> checkViews(section, these, own));
    return new Rights(own, views, ownQueries);
  }

  private static <T> Set<String> known(
      Section section, Key<List<String>> key, List<T> all, Function<T, String> name) {
    List<String> names = all.stream().map(name).toList();
    Set<String> own = new HashSet<>();
    for (String one : section.find(key).orElse(List.of())) {
      if (!names.contains(one)) {
        throw section.refusal(
            key,
            " has %s: %s"
                .formatted(
                    one,
                    names.isEmpty() ? "there are none" : "there are " + String.join(", ", names)));
      }
      own.add(one);
    }
    return own;
  }

  /** Each dataset has one of the views, or nothing of it could be asked for. */
  private void checkViews(Section section, Set<String> views, Set<String> own) {
    Set<String> unknown = new HashSet<>(views);
    for (Dataset dataset : datasets) {
      if (own.contains(dataset.name())) {
        Set<String> has = dataset.rules().views().keySet();
        if (views.stream().noneMatch(has::contains)) {
          throw section.refusal(
              VIEWS, " has no view of dataset %s: it has %s".formatted(dataset.name(), shown(has)));
        }
        unknown.removeAll(has);
      }
    }
    if (!unknown.isEmpty()) {
      throw section.refusal(
          VIEWS, " has %s, which is no view of its datasets".formatted(shown(unknown)));
    }
  }

  private static String shown(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList());
  }

  private static Optional<Rate> requests(Section section) {
    Optional<Integer> burst = section.find(BURST);
    Optional<Integer> rate = section.find(REQUESTS);
    if (burst.isPresent() && rate.isEmpty()) {
      throw section.refusal(BURST, " is set without requests-per-second");
    }
    return rate.map(perSecond -> new Rate(perSecond, burst.orElse(perSecond)));
  }
}
