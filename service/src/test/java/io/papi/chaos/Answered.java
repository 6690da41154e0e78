package io.papi.chaos;

import java.util.List;

/**
 * An answer with rows.
 *
 * @param ids the ids asked, in order
 * @param sentAt when the request was about to be sent, as {@link System#nanoTime}
 * @param receivedAt when the answer was there
 * @param age the answer's {@code Age}, seconds
 * @param marked whether the answer says that a row in it is stale
 */
record Answered(
    List<Integer> ids, long sentAt, long receivedAt, int age, boolean marked, String body) {

  Answered {
    ids = List.copyOf(ids);
  }
}
