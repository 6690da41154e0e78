package io.papi.dataset;

/** The shape of an answer's JSON. */
public enum AnswerShape implements Choice {
  /** An array of the rows; the published guide's. */
  ARRAY,
  /** The row of one id itself. */
  OBJECT,
  /** The rows by id, and apart from them the ids without a row and those without an answer. */
  MAP
}
