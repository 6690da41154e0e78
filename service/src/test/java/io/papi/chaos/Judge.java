package io.papi.chaos;

import io.papi.chaos.Fault.Part;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of each answer whether it may be, and counts it. Thread-safe. */
final class Judge {
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final int EXAMPLE_LENGTH = 500;

  static final String UNEXCUSED = "a failed request that no fault excuses";

  private static final Pattern UNREADABLE = Pattern.compile("cannot be shown: ([0-9, ]+)\"");

  private final AnswerCheck check;
  private final Spoilt spoilt;
  private final long rememberedNanos;
  private final Journal journal;
  private final Tally tally;

  Judge(AnswerCheck check, Spoilt spoilt, Freshness freshness, Journal journal, Tally tally) {
    this.check = check;
    this.spoilt = spoilt;
    this.rememberedNanos = freshness.negative().plus(freshness.slack()).toNanos();
    this.journal = journal;
    this.tally = tally;
  }

  /** An answer came; {@code known} is the body that the caller said it has. */
  void answered(
      Question question,
      long sentAt,
      long receivedAt,
      HttpResponse<String> answer,
      Optional<String> known) {
    tally.requests.increment();
    if (receivedAt - sentAt > SLOW_NANOS) {
      journal.impaired(Part.SERVICE, receivedAt);
    }
    switch (answer.statusCode()) {
      case 200 -> {
        tally.rows.increment();
        withRows(question, sentAt, receivedAt, answer, answer.body());
      }
      case 304 -> {
        tally.notModified.increment();
        known.ifPresentOrElse(
            body -> withRows(question, sentAt, receivedAt, answer, body),
            () -> violated("304 to an unconditional request", question, answer));
      }
      case 502 -> unreadable(question, sentAt, receivedAt, answer);
      case 503, 504 -> failed(question, sentAt, receivedAt, answer);
      default -> violated("status " + answer.statusCode(), question, answer);
    }
  }

  /** No answer came. */
  void lost(Question question, RuntimeException failure) {
    tally.requests.increment();
    tally.violated("no answer", question.path() + ": " + failure);
  }

  private void withRows(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer, String body) {
    String cacheStatus = header(answer, "Cache-Status");
    boolean marked = cacheStatus.contains("ttl=-");
    Answered answered =
        new Answered(
            question.distinctIds(),
            sentAt,
            receivedAt,
            Integer.parseInt(header(answer, "Age")),
            marked,
            body);
    tally.ids.add(answered.ids().size());
    Set<Mistake> mistakes = check.mistakes(answered);
    for (Mistake mistake : mistakes) {
      violated(mistake.toString(), question, answer);
    }
    if (marked) {
      tally.stale.increment();
      journal.impaired(Part.STORE, receivedAt);
      if (journal.excuse(sentAt, receivedAt).isEmpty()) {
        tally.staleWithoutFault.increment();
      }
    }
    if (cacheStatus.contains("near; fwd=miss") && !cacheStatus.contains("redis")) {
      journal.impaired(Part.REDIS, receivedAt);
    }
  }

  private void failed(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    boolean wellFormed =
        header(answer, "Content-Type").equals("application/problem+json")
            && header(answer, "Cache-Control").equals("no-store")
            && answer.body().contains("\"unavailable\":[")
            && (answer.statusCode() == 504 || !header(answer, "Retry-After").isEmpty());
    if (!wellFormed) {
      violated("a failure that does not say what is to be done", question, answer);
    }
    journal.impaired(Part.STORE, receivedAt);
    journal.impaired(Part.SERVICE, receivedAt);
    journal
        .excuse(sentAt, receivedAt)
        .ifPresentOrElse(
            episode -> {
              episode.countFailure();
              tally.failed(kind(answer));
            },
            () -> violated(UNEXCUSED, question, answer));
  }

  /** Right if all that is said to be unreadable can have been so. */
  private void unreadable(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    Matcher named = UNREADABLE.matcher(answer.body());
    boolean isTrue =
        named.find()
            && Arrays.stream(named.group(1).split(", "))
                .map(Integer::valueOf)
                .allMatch(
                    id ->
                        question.distinctIds().contains(id)
                            && spoilt.was(id, sentAt - rememberedNanos, receivedAt));
    if (isTrue) {
      tally.failed("502, a row that cannot be shown");
    } else {
      violated("502 for a row that can be shown", question, answer);
    }
  }

  private static String kind(HttpResponse<String> answer) {
    if (answer.statusCode() == 504) {
      return "504, no answer within the deadline";
    }
    return answer.body().contains("too many")
        ? "503, too many wait for the store"
        : "503, the store cannot be asked";
  }

  private void violated(String kind, Question question, HttpResponse<String> answer) {
    String text = answer.headers().map() + " " + question.path() + " " + answer.body();
    tally.violated(kind, text.substring(0, Math.min(EXAMPLE_LENGTH, text.length())));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
