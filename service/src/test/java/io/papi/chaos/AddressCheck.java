package io.papi.chaos;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds answers to questions by address against whose the addresses have been. Each always is
 * somebody's, so none is ever missing. Thread-safe.
 */
final class AddressCheck {
  private static final Pattern ROW =
      Pattern.compile("\\{\"ID\":([0-9]+),\"ADDRESS\":\"([^\"]*)\"}(,?)");

  private final MovingAddresses members;
  private final AgeCheck ages;

  AddressCheck(MovingAddresses members, Freshness freshness) {
    this.members = members;
    this.ages = new AgeCheck(freshness);
  }

  /**
   * All that is wrong with an answer.
   *
   * @param addresses what was asked for, in order, each once
   */
  Set<Mistake> mistakes(List<Integer> addresses, Answered answer) {
    Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
    String body = answer.body();
    Matcher rows = ROW.matcher(body).region(1, Math.max(1, body.length() - 1));
    for (int address : addresses) {
      if (!rows.lookingAt()) {
        return EnumSet.of(Mistake.WRONG_ABSENCE);
      }
      if (!rows.group(2).equals(MovingAddresses.address(address))) {
        return EnumSet.of(Mistake.WRONG_ROW);
      }
      int member = Integer.parseInt(rows.group(1));
      ages.addOfPart(
          mistakes, answer, since -> members.was(address, member, since, answer.receivedAt()));
      rows.region(rows.end(), rows.regionEnd());
    }
    if (rows.regionStart() != rows.regionEnd()) {
      return EnumSet.of(Mistake.WRONG_ROW);
    }
    ages.addOfAnswer(mistakes, answer);
    return mistakes;
  }
}
