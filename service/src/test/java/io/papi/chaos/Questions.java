package io.papi.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Questions as a seed has them: single ids that are asked for as Zipf's law says, lists of 1 to 100
 * of any ids, some of these lists again and again, now and then an id that nobody has; members by
 * their addresses; and reports of blocks, half of them of a few ranges. Of one thread.
 */
final class Questions {
  private static final int MAX_IDS = 100;
  private static final int LISTS = 20;
  private static final double SINGLE = 0.7;
  private static final double KNOWN_LIST = 0.5;
  private static final double UNKNOWN_ID = 0.03;
  private static final double CONDITIONAL = 0.25;
  private static final double REPORT = 0.08;
  private static final double BY_ADDRESS = 0.2;
  private static final int MAX_ADDRESSES = 20;
  private static final int RANGES = 10;
  private static final double KNOWN_RANGE = 0.5;

  private final Random random;
  private final int rows;
  private final List<Integer> byRank = new ArrayList<>();
  private final double[] cumulated;
  private final List<List<Integer>> lists = new ArrayList<>();
  private final List<Question.OfReport> ranges = new ArrayList<>();

  Questions(int rows, long seed) {
    this.random = new Random(seed);
    this.rows = rows;
    this.cumulated = new double[rows];
    double sum = 0;
    for (int rank = 0; rank < rows; rank++) {
      byRank.add(rank + 1);
      sum += 1.0 / (rank + 1);
      cumulated[rank] = sum;
    }
    Collections.shuffle(byRank, random);
    for (int i = 0; i < LISTS; i++) {
      lists.add(list());
    }
    for (int i = 0; i < RANGES; i++) {
      ranges.add(range(true));
    }
  }

  Question next() {
    if (random.nextDouble() < BY_ADDRESS) {
      return nextAddresses();
    }
    return random.nextDouble() < REPORT ? nextReport() : nextRows();
  }

  /** One address or several, some in a body. */
  private Question nextAddresses() {
    int count = random.nextDouble() < SINGLE ? 1 : 1 + random.nextInt(MAX_ADDRESSES);
    List<Integer> numbers =
        random.ints(0, MovingAddresses.COUNT).distinct().limit(count).boxed().toList();
    return new Question.OfAddresses(numbers, random.nextBoolean());
  }

  private Question nextReport() {
    return random.nextDouble() < KNOWN_RANGE ? ranges.get(random.nextInt(RANGES)) : range(false);
  }

  private Question.OfReport range(boolean repeated) {
    int blocks = rows / Truth.BLOCK_IDS;
    int one = random.nextInt(blocks);
    int other = random.nextInt(blocks);
    return new Question.OfReport(
        Math.min(one, other), Math.max(one, other), repeated, random.nextDouble() < CONDITIONAL);
  }

  private Question nextRows() {
    List<Integer> ids;
    boolean repeated = true;
    if (random.nextDouble() < SINGLE) {
      ids = List.of(random.nextDouble() < UNKNOWN_ID ? unknownId() : popularId());
    } else if (random.nextDouble() < KNOWN_LIST) {
      ids = lists.get(random.nextInt(LISTS));
    } else {
      ids = list();
      repeated = false;
    }
    return new Question.OfRows(ids, repeated, random.nextDouble() < CONDITIONAL);
  }

  private List<Integer> list() {
    int length = 1 + random.nextInt(MAX_IDS);
    List<Integer> ids = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      ids.add(random.nextDouble() < UNKNOWN_ID ? unknownId() : 1 + random.nextInt(rows));
    }
    return ids;
  }

  private int popularId() {
    int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[rows - 1]);
    return byRank.get(found < 0 ? -found - 1 : found);
  }

  private int unknownId() {
    return rows + 1 + random.nextInt(rows);
  }
}
