package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.AnswerShape;
import io.papi.dataset.Freshness;
import io.papi.dataset.MissingPolicy;
import io.papi.http.answer.Findings;
import io.papi.http.dataset.form.Form;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.lookup.Budget;
import io.papi.lookup.DefaultRows;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes findings of the outcomes of a lookup, in the form that a request wants: which rows are
 * shown, what of them, and what in the place of those that are missing. Thread-safe.
 */
final class Assembler {
  private final Freshness freshness;
  private final DefaultRows defaultRows;
  private final Unanswered unanswered;
  private final Ticker ticker;

  /**
   * @param deadline the longest that a caller waits, as problems say it
   */
  Assembler(Freshness freshness, DefaultRows defaultRows, Duration deadline, Ticker ticker) {
    this.freshness = freshness;
    this.defaultRows = defaultRows;
    this.unanswered = new Unanswered(deadline);
    this.ticker = ticker;
  }

  /**
   * @param keys all ids, in their order
   * @param budget what ids that start a load are taken from
   * @throws ProblemException 429, 502, 503 or 504 for ids that could not be answered, where the
   *     form cannot say so; 404 if there is no row and the form wants that
   */
  Findings assemble(Set<Key> keys, Map<Key, Outcome> outcomes, Form form, Budget budget) {
    Findings findings = new Findings(freshness, keys.size(), ticker.recentNanos());
    for (Key key : keys) {
      Outcome outcome = requireNonNull(outcomes.get(key), "no outcome for a key that was asked");
      switch (outcome) {
        case Found found -> addRow(key, found, form, findings);
        case Absent absent -> addMissing(key, absent, form, findings);
        case Unreadable _, Unavailable _ -> addUnanswered(key, outcome, form, findings);
      }
    }
    if (!findings.unanswered().isEmpty()
        && (form.shape() != AnswerShape.MAP || findings.known() == 0)) {
      throw new ProblemException(unanswered.problem(findings.unanswered(), budget));
    }
    if (form.missing() == MissingPolicy.NOT_FOUND && findings.missing().size() == keys.size()) {
      throw new ProblemException(Problem.missing(Unanswered.texts(findings.missing())));
    }
    return findings;
  }

  private void addRow(Key key, Found found, Form form, Findings findings) {
    Optional<Row> shown = form.selection().of(found.row());
    if (shown.isPresent()) {
      findings.found(shown.get(), found);
    } else {
      addUnanswered(key, new Unreadable(found.readAt(), found.origin()), form, findings);
    }
  }

  private void addMissing(Key key, Absent absent, Form form, Findings findings) {
    if (form.missing() != MissingPolicy.DEFAULT) {
      findings.missing(key, absent);
      return;
    }
    Optional<Row> row = defaultRow(key, form);
    if (row.isPresent()) {
      findings.defaulted(key, row.get(), absent);
    } else {
      // What stands in for it is not known before the store has been reached.
      findings.unanswered(key, new Unavailable(Reason.STORE_UNREACHABLE));
    }
  }

  private void addUnanswered(Key key, Outcome outcome, Form form, Findings findings) {
    Optional<Row> row = form.standsIn() ? defaultRow(key, form) : Optional.empty();
    if (row.isPresent()) {
      findings.standIn(key, row.get());
    } else {
      findings.unanswered(key, outcome);
    }
  }

  private Optional<Row> defaultRow(Key key, Form form) {
    return defaultRows.of(key).flatMap(form.selection()::of);
  }
}
