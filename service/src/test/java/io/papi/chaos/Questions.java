package io.papi.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Questions as a seed has them: single ids that are asked for as Zipf's law says, lists of 1 to 100
 * of any ids, some of these lists again and again, now and then an id that nobody has, and the same
 * of addresses; some of all that posted, with lists up to 300; and reports of blocks, half of them
 * of a few ranges. Of one thread.
 */
final class Questions {
  private static final int MAX_IDS = 100;
  private static final int MAX_POSTED = 300;
  private static final int LISTS = 20;
  private static final double SINGLE = 0.7;
  private static final double KNOWN_LIST = 0.5;
  private static final double UNKNOWN_ID = 0.03;
  private static final double CONDITIONAL = 0.25;
  private static final double REPORT = 0.08;
  private static final double BY_ADDRESS = 0.3;
  private static final double POSTED = 0.1;
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
      lists.add(list(MAX_IDS));
    }
    for (int i = 0; i < RANGES; i++) {
      ranges.add(range(true));
    }
  }

  Question next() {
    return random.nextDouble() < REPORT ? nextReport() : nextRows();
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
    By by = random.nextDouble() < BY_ADDRESS ? By.ADDRESS : By.ID;
    boolean posted = random.nextDouble() < POSTED;
    List<Integer> numbers;
    boolean repeated = !posted;
    if (random.nextDouble() < SINGLE) {
      numbers = List.of(random.nextDouble() < UNKNOWN_ID ? unknownId() : popularId());
    } else if (random.nextDouble() < KNOWN_LIST) {
      numbers = lists.get(random.nextInt(LISTS));
    } else {
      numbers = list(posted ? MAX_POSTED : MAX_IDS);
      repeated = false;
    }
    boolean conditional = !posted && random.nextDouble() < CONDITIONAL;
    return new Question.OfRows(by, numbers, posted, repeated, conditional);
  }

  private List<Integer> list(int max) {
    int length = 1 + random.nextInt(max);
    List<Integer> numbers = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      numbers.add(random.nextDouble() < UNKNOWN_ID ? unknownId() : 1 + random.nextInt(rows));
    }
    return numbers;
  }

  private int popularId() {
    int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[rows - 1]);
    return byRank.get(found < 0 ? -found - 1 : found);
  }

  private int unknownId() {
    return rows + 1 + random.nextInt(rows);
  }
}
