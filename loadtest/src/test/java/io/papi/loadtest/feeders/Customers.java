package io.papi.loadtest.feeders;

import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;

import io.gatling.javaapi.core.FeederBuilder;
import io.papi.loadtest.ids.IdFile;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Customers to ask for, out of a file of ids. A record of theirs sets {@link #IDS} and {@link
 * #KIND}. Immutable.
 */
public final class Customers {
  /** The ids to ask for, joined by commas. */
  public static final String IDS = "ids";

  /** What sort of record it is, in words for a report. */
  public static final String KIND = "kind";

  /** {@link #KIND} of the hundred hottest customers. */
  public static final String HOT = "one of the hottest";

  /** {@link #KIND} of any other single customer. */
  public static final String ANY = "any customer";

  private static final int HOTTEST = 100;

  /** The most ids of a record. */
  public static final int LARGEST_BATCH = 100;

  /** The most ids that a body may have, unless the service is configured otherwise. */
  private static final int MAX_POSTED = 1_000;

  /** No customer's id is as high. */
  private static final long NOBODY = 100_000_000;

  private final List<String> ids;

  Customers(List<String> ids) {
    if (ids.size() < LARGEST_BATCH) {
      throw new IllegalArgumentException("only " + ids.size() + " ids, less than a large batch");
    }
    this.ids = List.copyOf(ids);
  }

  /**
   * The customers of a file.
   *
   * @param file on the class path or in the file system, with the heading {@value IdFile#HEADING}
   */
  public static Customers in(String file) {
    return new Customers(
        csv(file).readRecords().stream().map(row -> (String) row.get(IdFile.HEADING)).toList());
  }

  /** How many there are. */
  public int count() {
    return ids.size();
  }

  /** Each customer once, in random order. */
  public FeederBuilder<Object> eachOnce() {
    return listFeeder(ids.stream().map(id -> record(id, ANY)).toList()).shuffle();
  }

  /** Each customer once, in lists of as many as a body may have. */
  public FeederBuilder<Object> lists() {
    return listFeeder(
            IntStream.iterate(0, from -> from < ids.size(), from -> from + MAX_POSTED)
                .mapToObj(from -> ids.subList(from, Math.min(from + MAX_POSTED, ids.size())))
                .map(list -> record(String.join(",", list), ANY))
                .toList())
        .queue();
  }

  /** The hundred hottest customers, each once. */
  public FeederBuilder<Object> hottest() {
    return listFeeder(ids.stream().limit(HOTTEST).map(id -> record(id, HOT)).toList()).queue();
  }

  /** Customers by Zipf's law, without end; the order of the file is that of popularity. */
  public Iterator<Map<String, Object>> popular() {
    Zipf zipf = new Zipf(ids.size());
    return Stream.generate(() -> zipf.rank(ThreadLocalRandom.current()))
        .map(rank -> record(ids.get(rank - 1), rank <= HOTTEST ? HOT : ANY))
        .iterator();
  }

  /** Customers by chance, all alike, without end. */
  public Iterator<Map<String, Object>> random() {
    return Stream.generate(() -> record(draw(ThreadLocalRandom.current()), ANY)).iterator();
  }

  /** Batches of 1 to 100 different customers, all sizes alike, without end. */
  public Iterator<Map<String, Object>> batches() {
    return Stream.generate(() -> batch(ThreadLocalRandom.current())).iterator();
  }

  /**
   * Ids that no customer has, each time others, from a random one on: no cache knows of any, not
   * even by an earlier run.
   *
   * @param size how many in a record
   */
  public static Iterator<Map<String, Object>> nobody(int size) {
    long first = ThreadLocalRandom.current().nextLong(NOBODY, 9 * NOBODY);
    return LongStream.iterate(first, id -> id + size)
        .mapToObj(
            from ->
                record(
                    LongStream.range(from, from + size)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(",")),
                    ANY))
        .iterator();
  }

  Map<String, Object> batch(RandomGenerator random) {
    int size = random.nextInt(1, LARGEST_BATCH + 1);
    Set<String> batch = new LinkedHashSet<>();
    while (batch.size() < size) {
      batch.add(draw(random));
    }
    String kind = size <= 10 ? "1 to 10 ids" : size <= 50 ? "11 to 50 ids" : "51 to 100 ids";
    return record(String.join(",", batch), kind);
  }

  private String draw(RandomGenerator random) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static Map<String, Object> record(String ids, String kind) {
    return Map.of(IDS, ids, KIND, kind);
  }
}
