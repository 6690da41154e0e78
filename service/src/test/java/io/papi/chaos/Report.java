package io.papi.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What came of a run, in words. Immutable. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  Report(long seed, Duration time, Tally tally, List<Episode> episodes) {
    text.append("seed %d, %d s\n\n".formatted(seed, time.toSeconds()));
    addFaults(episodes);
    text.append("\n| answers | |\n|---|---:|\n");
    row("requests", tally.requests.sum());
    row("ids answered for", tally.ids.sum());
    row("addresses answered for", tally.addresses.sum());
    row("200, every row and report checked", tally.answered.sum());
    row("304, likewise", tally.notModified.sum());
    row("of these reports", tally.reports.sum());
    row("of these with a stale row or report, marked", tally.stale.sum());
    row("of those while nothing was wrong with the store", tally.staleWithoutFault.sum());
    tally.failures().forEach((kind, count) -> row(kind, count.sum()));
    text.append("\n| must never be | |\n|---|---:|\n");
    for (Mistake mistake : Mistake.values()) {
      row(mistake.toString(), count(tally.violations(), mistake.toString()));
    }
    row(Judge.UNEXCUSED, count(tally.violations(), Judge.UNEXCUSED));
    Map<String, LongAdder> others = new TreeMap<>(tally.violations());
    others.remove(Judge.UNEXCUSED);
    for (Mistake mistake : Mistake.values()) {
      others.remove(mistake.toString());
    }
    row("anything else", others.values().stream().mapToLong(LongAdder::sum).sum());
    tally.examples().forEach(example -> text.append("\n").append(example).append("\n"));
  }

  private void addFaults(List<Episode> episodes) {
    Map<String, List<Episode>> byName = new TreeMap<>();
    for (Episode episode : episodes) {
      Fault fault = episode.fault();
      byName.merge(
          fault.part() + ": " + fault.name(),
          List.of(episode),
          (all, one) -> Stream.concat(all.stream(), one.stream()).toList());
    }
    text.append("| fault | times | failed requests | worst recovery |\n|---|---:|---:|---:|\n");
    byName.forEach(
        (name, all) ->
            text.append(
                "| %s | %d | %d | %.1f s |\n"
                    .formatted(
                        name,
                        all.size(),
                        all.stream().mapToInt(Episode::failures).sum(),
                        all.stream().mapToLong(Episode::recoveryNanos).max().orElse(0) / 1e9)));
  }

  private void row(String name, long count) {
    text.append("| ").append(name).append(" | ").append("%,d".formatted(count)).append(" |\n");
  }

  private static long count(Map<String, LongAdder> counts, String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
