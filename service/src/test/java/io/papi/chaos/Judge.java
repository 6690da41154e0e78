package io.papi.chaos;

import io.papi.chaos.Fault.Part;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Says of each answer whether it may be, and counts it. Thread-safe. */
final class Judge {
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final int EXAMPLE_LENGTH = 500;

  private static final String WITHOUT_FAULT = ", while nothing was wrong";

  static final String UNEXCUSED = "a failed request that no fault excuses";

  /** How long before a request a load may have begun whose rows it gets. */
  private static final long LOAD_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String CHANGED = "the rows change while they are read";

  private final AnswerCheck rows;
  private final ReportCheck reports;
  private final UnreadableCheck unreadable;
  private final Owners owners;
  private final Journal journal;
  private final Tally tally;

  Judge(
      AnswerCheck rows,
      ReportCheck reports,
      UnreadableCheck unreadable,
      Owners owners,
      Journal journal,
      Tally tally) {
    this.rows = rows;
    this.reports = reports;
    this.unreadable = unreadable;
    this.owners = owners;
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
        tally.ids.add(asked.distinctNumbers().size());
        if (asked.by() == By.ADDRESS) {
          tally.byAddress.increment();
        }
        if (asked.posted()) {
          tally.posted.increment();
        }
        yield rows.mistakes(asked, answered);
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
    journal.impaired(Part.STORE, receivedAt);
    journal.impaired(Part.SERVICE, receivedAt);
    Optional<Episode> excuse = journal.excuse(sentAt, receivedAt);
    if (excuse.isPresent() || isOfMoves(question, sentAt, receivedAt, answer)) {
      excuse.ifPresent(Episode::countFailure);
      tally.failed(kind(question, answer) + (excuse.isPresent() ? "" : WITHOUT_FAULT));
    } else {
      violated(UNEXCUSED, question, answer);
    }
  }

  /**
   * Whether the answer says that addresses moved while they were asked for, and all that it names
   * did.
   */
  private boolean isOfMoves(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    return answer.body().contains(CHANGED)
        && question instanceof Question.OfRows asked
        && asked.by() == By.ADDRESS
        && asked.distinctNumbers().stream()
            .filter(number -> answer.body().contains("\"" + Addresses.text(number) + "\""))
            .allMatch(number -> owners.changed(number, sentAt - LOAD_NANOS, receivedAt));
  }

  private void unreadable(
      Question question, long sentAt, long receivedAt, HttpResponse<String> answer) {
    if (unreadable.isTrue(question, sentAt, receivedAt, answer.body())) {
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
                : answer.body().contains(CHANGED)
                    ? "503, an address and its row do not go together"
                    : "503, the store cannot be asked";
    return question instanceof Question.OfReport ? kind + ", for a report" : kind;
  }

  private void violated(String kind, Question question, HttpResponse<String> answer) {
    String text =
        "%s %s%s %s"
            .formatted(
                answer.headers().map(), question.path(), question.body().orElse(""), answer.body());
    tally.violated(kind, text.substring(0, Math.min(EXAMPLE_LENGTH, text.length())));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
