package io.papi.chaos;

import io.papi.chaos.Fault.Part;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of each answer whether it may be, and counts it. Thread-safe. */
final class Judge {
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final int EXAMPLE_LENGTH = 500;

  private static final String CONTRADICTED = "the rows change while they are read";

  static final String UNEXCUSED = "a failed request that no fault excuses";

  private static final Pattern UNREADABLE = Pattern.compile("cannot be shown: ([0-9, ]+)\"");

  private final AnswerCheck rows;
  private final ReportCheck reports;
  private final AddressCheck addresses;
  private final Spoilt spoilt;
  private final long rememberedNanos;
  private final Journal journal;
  private final Tally tally;

  Judge(
      AnswerCheck rows,
      ReportCheck reports,
      AddressCheck addresses,
      Spoilt spoilt,
      Freshness freshness,
      Journal journal,
      Tally tally) {
    this.rows = rows;
    this.reports = reports;
    this.addresses = addresses;
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
        tally.answered.increment();
        withContent(question, sentAt, receivedAt, answer, answer.body());
      }
      case 304 -> {
        tally.notModified.increment();
        known.ifPresentOrElse(
            body -> withContent(question, sentAt, receivedAt, answer, body),
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

  private void withContent(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer, String body) {
    String cacheStatus = header(answer, "Cache-Status");
    boolean marked = cacheStatus.contains("ttl=-");
    Answered answered =
        new Answered(sentAt, receivedAt, Integer.parseInt(header(answer, "Age")), marked, body);
    for (Mistake mistake : mistakes(question, answered)) {
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

  private Set<Mistake> mistakes(Question question, Answered answered) {
    return switch (question) {
      case Question.OfRows asked -> {
        List<Integer> ids = asked.distinctIds();
        tally.ids.add(ids.size());
        yield rows.mistakes(ids, answered);
      }
      case Question.OfAddresses asked -> {
        tally.addresses.add(asked.numbers().size());
        yield addresses.mistakes(asked.numbers(), answered);
      }
      case Question.OfReport asked -> {
        tally.reports.increment();
        yield reports.mistakes(asked, answered);
      }
    };
  }

  private void failed(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    boolean wellFormed =
        header(answer, "Content-Type").equals("application/problem+json")
            && header(answer, "Cache-Control").equals("no-store")
            && (question instanceof Question.OfReport
                || answer.body().contains("\"unavailable\":["))
            && (answer.statusCode() == 504 || !header(answer, "Retry-After").isEmpty());
    if (!wellFormed) {
      violated("a failure that does not say what is to be done", question, answer);
    }
    if (answer.body().contains(CONTRADICTED)) {
      tally.failed("503, an address that moved while it was looked for");
      return;
    }
    journal.impaired(Part.STORE, receivedAt);
    journal.impaired(Part.SERVICE, receivedAt);
    journal
        .excuse(sentAt, receivedAt)
        .ifPresentOrElse(
            episode -> {
              episode.countFailure();
              tally.failed(kind(question, answer));
            },
            () -> violated(UNEXCUSED, question, answer));
  }

  /** Right if all that is said to be unreadable can have been so. */
  private void unreadable(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    IntPredicate wasSpoilt = id -> spoilt.was(id, sentAt - rememberedNanos, receivedAt);
    boolean isTrue =
        switch (question) {
          case Question.OfRows asked -> {
            Matcher named = UNREADABLE.matcher(answer.body());
            yield named.find()
                && Arrays.stream(named.group(1).split(", "))
                    .mapToInt(Integer::parseInt)
                    .allMatch(id -> asked.ids().contains(id) && wasSpoilt.test(id));
          }
          case Question.OfAddresses _ -> false;
          // the first row of a block stands for it
          case Question.OfReport asked ->
              answer.body().contains("cannot be shown")
                  && asked.blocks().map(Truth::firstId).anyMatch(wasSpoilt);
        };
    if (isTrue) {
      tally.failed(
          question instanceof Question.OfReport
              ? "502, a report with a row that cannot be shown"
              : "502, a row that cannot be shown");
    } else {
      violated("502 for what can be shown", question, answer);
    }
  }

  private static String kind(Question question, HttpResponse<String> answer) {
    String kind =
        answer.statusCode() == 504
            ? "504, no answer within the deadline"
            : answer.body().contains("too many")
                ? "503, too many wait for the store"
                : "503, the store cannot be asked";
    return question instanceof Question.OfReport ? kind + ", for a report" : kind;
  }

  private void violated(String kind, Question question, HttpResponse<String> answer) {
    String text = answer.headers().map() + " " + question.path() + " " + answer.body();
    tally.violated(kind, text.substring(0, Math.min(EXAMPLE_LENGTH, text.length())));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
