package io.papi.dataset;

import static java.util.Objects.requireNonNull;

/**
 * Another column of a dataset by which its rows can be asked for, such as an e-mail address.
 *
 * @param name the second part of the path, such as the one of {@code /customer/email/jane@x.org}
 * @param column the column with its values, which are unique, folded, and shown in every row
 * @param type what a value looks like
 * @param fold what is done to a caller's value before it is looked for
 * @param freshness how long it is remembered which row has a value, or that none has
 */
public record AlternateKey(
    String name, String column, KeyType type, Fold fold, Freshness freshness) {

  public AlternateKey {
    requireNonNull(name, "name is null");
    requireNonNull(column, "column is null");
    requireNonNull(type, "type is null");
    requireNonNull(fold, "fold is null");
    requireNonNull(freshness, "freshness is null");
  }
}
