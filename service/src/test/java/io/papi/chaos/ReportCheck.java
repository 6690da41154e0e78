package io.papi.chaos;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds reports against the truth: each must be what the table would have given at one moment, of
 * all blocks that were asked for. Thread-safe.
 */
final class ReportCheck {
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\{\"%s\":([0-9]{1,9}),.*?\"%s\":([0-9]{1,18}),".formatted(Rows.KEY, Rows.VERSION));

  private final Truth truth;
  private final AgeCheck ages;

  ReportCheck(Truth truth, Freshness freshness) {
    this.truth = truth;
    this.ages = new AgeCheck(freshness);
  }

  /** All that is wrong with an answer. */
  Set<Mistake> mistakes(Question.OfReport question, Answered answer) {
    Map<Integer, Long> versions = versions(answer.body());
    Set<Integer> absent =
        question
            .blocks()
            .boxed()
            .filter(block -> !versions.containsKey(block))
            .collect(Collectors.toSet());
    if (!isOf(question, versions) || !text(versions).equals(answer.body())) {
      return EnumSet.of(Mistake.WRONG_REPORT);
    }
    long latest = answer.receivedAt();
    if (!truth.hadBlocks(versions, Set.of(), Truth.EVER, latest)) {
      return EnumSet.of(Mistake.WRONG_REPORT);
    }
    if (!truth.hadBlocks(versions, absent, Truth.EVER, latest)) {
      return EnumSet.of(Mistake.SHORTER_REPORT);
    }
    Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
    ages.addOfAnswer(mistakes, answer);
    ages.addOfPart(mistakes, answer, since -> truth.hadBlocks(versions, absent, since, latest));
    return mistakes;
  }

  private static boolean isOf(Question.OfReport question, Map<Integer, Long> versions) {
    return versions.keySet().stream()
        .allMatch(block -> block >= question.first() && block <= question.last());
  }

  /** The blocks that a report seems to have. */
  private static Map<Integer, Long> versions(String body) {
    Map<Integer, Long> versions = new TreeMap<>();
    Matcher blocks = BLOCK.matcher(body);
    while (blocks.find()) {
      versions.put(Truth.block(Integer.parseInt(blocks.group(1))), Long.parseLong(blocks.group(2)));
    }
    return versions;
  }

  /** The one text that such a report may have. */
  static String text(Map<Integer, Long> versions) {
    return new TreeMap<>(versions)
        .entrySet().stream()
            .map(block -> row(block.getKey(), block.getValue()))
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static String row(int block, long version) {
    return "{\"%s\":%d,\"LAST\":%d,\"CUSTOMERS\":%d,\"%s\":%d,\"TOTAL\":%d}"
        .formatted(
            Rows.KEY,
            Truth.firstId(block),
            Truth.lastId(block),
            Truth.BLOCK_IDS,
            Rows.VERSION,
            version,
            Truth.BLOCK_IDS * version);
  }
}
