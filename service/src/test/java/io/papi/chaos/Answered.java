package io.papi.chaos;

/**
 * An answer with what was asked for.
 *
 * @param sentAt when the request was about to be sent, as {@link System#nanoTime}
 * @param receivedAt when the answer was there
 * @param age the answer's {@code Age}, seconds
 * @param marked whether the answer says that something in it is stale
 */
record Answered(long sentAt, long receivedAt, int age, boolean marked, String body) {}
