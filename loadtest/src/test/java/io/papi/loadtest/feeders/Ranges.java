package io.papi.loadtest.feeders;

import static io.gatling.javaapi.core.CoreDsl.listFeeder;

import io.gatling.javaapi.core.FeederBuilder;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Ranges of days to ask a report for. A record sets {@link #FROM} and {@link #TO}. The days are
 * those of the orders of TPC-H.
 */
public final class Ranges {
  /** The first day of the range. */
  public static final String FROM = "from";

  /** Its last day. */
  public static final String TO = "to";

  private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);

  /** The days on which a range may begin; 400 more days have orders. */
  private static final int BEGINNINGS = 2_000;

  /** With fewer days a range has not always ten customers. */
  private static final int MIN_DAYS = 14;

  private static final int MAX_DAYS = 400;

  /** How many ranges there are. */
  static final int COUNT = BEGINNINGS * (MAX_DAYS - MIN_DAYS);

  /** A prime, so that it leads to each of them before it comes back to the first. */
  private static final int STEP = 99_991;

  private static final int YEAR = 1995;

  private Ranges() {}

  /** Each time another range, from a random one on: what an earlier run asked for is of no use. */
  public static Iterator<Map<String, Object>> eachAnother() {
    return from(ThreadLocalRandom.current().nextInt(COUNT));
  }

  static Iterator<Map<String, Object>> from(int first) {
    return LongStream.iterate(first, number -> (number + STEP) % COUNT)
        .mapToObj(Ranges::numbered)
        .iterator();
  }

  /** The months of a year, each once. */
  public static FeederBuilder<Object> months() {
    return listFeeder(ofYear()).queue();
  }

  /** The months of that year by chance, without end. */
  public static FeederBuilder<Object> monthsByChance() {
    return listFeeder(ofYear()).random();
  }

  static List<Map<String, Object>> ofYear() {
    return IntStream.rangeClosed(1, 12)
        .mapToObj(month -> YearMonth.of(YEAR, month))
        .map(month -> range(month.atDay(1), month.atEndOfMonth()))
        .toList();
  }

  private static Map<String, Object> numbered(long number) {
    LocalDate from = FIRST_DAY.plusDays(number % BEGINNINGS);
    return range(from, from.plusDays(MIN_DAYS + number / BEGINNINGS));
  }

  private static Map<String, Object> range(LocalDate from, LocalDate to) {
    return Map.of(FROM, from.toString(), TO, to.toString());
  }
}
