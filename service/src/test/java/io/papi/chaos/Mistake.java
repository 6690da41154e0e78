package io.papi.chaos;

/** What must never be in an answer. */
enum Mistake {
  WRONG_ROW("another customer's row, a row that the table never held, or another order"),
  WRONG_ABSENCE("a customer left out who was there"),
  WRONG_REPORT("a report that the table gave at no moment, or another than was asked for"),
  SHORTER_REPORT("a report that leaves out customers who were there"),
  UNMARKED_STALE("a row or report past its fresh time that is not marked"),
  FALSE_AGE("a row or report older than `Age` says"),
  TOO_OLD("a row or report past its stale time");

  private final String text;

  Mistake(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
