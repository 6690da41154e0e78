package io.papi.chaos;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says whether rows that are said to be unreadable can have been so. Thread-safe. */
final class UnreadableCheck {
  private static final Pattern NAMED = Pattern.compile("cannot be shown: ([^\"]+)\"");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Spoilt spoilt;
  private final Owners owners;
  private final long rememberedNanos;
  private final long oldestNanos;

  UnreadableCheck(Spoilt spoilt, Owners owners, Freshness freshness) {
    this.spoilt = spoilt;
    this.owners = owners;
    this.rememberedNanos = freshness.negative().plus(freshness.slack()).toNanos();
    this.oldestNanos = freshness.fresh().plus(freshness.stale()).plus(freshness.slack()).toNanos();
  }

  /**
   * Whether all that {@code body} names can have been unreadable.
   *
   * @param sentAt when the request was about to be sent
   * @param receivedAt when the answer was there
   */
  boolean isTrue(Question question, long sentAt, long receivedAt, String body) {
    IntPredicate wasSpoilt = id -> spoilt.was(id, sentAt - rememberedNanos, receivedAt);
    return switch (question) {
      case Question.OfRows asked -> {
        IntPredicate spoiltOwner =
            switch (asked.by()) {
              case ID -> wasSpoilt;
              // what leads to a row may be as old as a row
              case ADDRESS ->
                  number -> owners.of(number, sentAt - oldestNanos, receivedAt).anyMatch(wasSpoilt);
            };
        Matcher named = NAMED.matcher(body);
        yield named.find()
            && NUMBER
                .matcher(named.group(1))
                .results()
                .map(match -> Integer.valueOf(match.group()))
                .allMatch(number -> asked.numbers().contains(number) && spoiltOwner.test(number));
      }
      // the first row of a block stands for it
      case Question.OfReport asked ->
          body.contains("cannot be shown")
              && asked.blocks().map(Truth::firstId).anyMatch(wasSpoilt);
    };
  }
}
