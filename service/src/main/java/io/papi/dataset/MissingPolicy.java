package io.papi.dataset;

/** What an answer says of an id that has no row. */
public enum MissingPolicy implements Choice {
  /** Nothing; the published guide's. */
  OMIT,
  /** 404, if none of the ids has a row. */
  NOT_FOUND,
  /** A row of the configuration, in the place of the missing one. */
  DEFAULT
}
