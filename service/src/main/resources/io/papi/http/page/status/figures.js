/** Figures of a time: what happened between two readings. */

/** Rows within this many seconds are within the objective, if nine of ten are. */
export const OBJECTIVE_SECONDS = 0.2;

/** What happened since the process began. */
export function sinceStart(reading) {
  return figuresOf(reading.counts, reading.uptime);
}

/** What happened between two readings of one process. */
export function between(older, newer) {
  const counts = Object.entries(newer.counts).map(([name, now]) => [name, minus(now, older.counts[name])]);
  return figuresOf(Object.fromEntries(counts), (newer.time - older.time) / 1_000);
}

/** Whether the second reading is of another process, or of one whose counts began anew. */
export function isRestarted(older, newer) {
  return older.startTime !== newer.startTime || newer.counts.requests.all < older.counts.requests.all;
}

function figuresOf(counts, seconds) {
  const answers = counts.answers.all;
  const lookups = counts.lookups.all;
  const serverErrors = sumIf(counts.statuses, (status) => status >= '500');
  return {
    seconds,
    requests: counts.requests.all,
    perSecond: counts.requests.all / seconds,
    statuses: counts.statuses,
    callers: counts.callers,
    refused: counts.refused,
    p50: quantile(0.5, counts.buckets),
    p90: quantile(0.9, counts.buckets),
    p99: quantile(0.99, counts.buckets),
    lastBound: Math.max(0, ...Object.keys(counts.buckets).map(Number).filter(Number.isFinite)),
    reportP90: quantile(0.9, counts.reportBuckets),
    slowPart: lookups > 0 ? 1 - within(OBJECTIVE_SECONDS, counts.buckets) / lookups : undefined,
    errorPart: answers > 0 ? serverErrors / answers : undefined,
    layers: layers(counts),
    stale: counts.stale.all,
    rejected: counts.rejected,
    late: counts.late.all,
    collections: counts.collections.all,
    statements: counts.statements.all,
    evicted: counts.evicted,
  };
}

/**
 * The quantile of a histogram's buckets, which are by their upper bounds and hold what is below, in
 * the way of Prometheus' histogram_quantile: evenly spread within a bucket.
 *
 * @return undefined if nothing was counted; Infinity beyond the last bound
 */
export function quantile(q, buckets) {
  const sorted = Object.entries(buckets)
    .map(([bound, count]) => ({ bound: bound === '+Inf' ? Infinity : Number(bound), count }))
    .sort((a, b) => a.bound - b.bound);
  const all = sorted.at(-1)?.count ?? 0;
  if (!(all > 0)) {
    return undefined;
  }
  const rank = q * all;
  const at = sorted.findIndex(({ count }) => count >= rank);
  const { bound, count } = sorted[at];
  const { bound: lower, count: before } = sorted[at - 1] ?? { bound: 0, count: 0 };
  return bound === Infinity ? Infinity : lower + ((bound - lower) * (rank - before)) / (count - before);
}

function within(seconds, buckets) {
  return Object.entries(buckets).find(([bound]) => Number(bound) === seconds)?.[1] ?? 0;
}

/** How many ids each layer answered; the store was asked for what no cache answered. */
function layers({ asked, answered }) {
  const [outermost] = Object.keys(asked);
  if (outermost === undefined) {
    return undefined;
  }
  const ids = asked[outermost];
  const cached = sumIf(answered, () => true);
  return { ids, cached, parts: { ...answered, store: Math.max(0, ids - cached) } };
}

function minus(now, before) {
  return Object.fromEntries(Object.entries(now).map(([key, count]) => [key, count - (before[key] ?? 0)]));
}

function sumIf(counts, fits) {
  return Object.entries(counts).reduce((sum, [key, count]) => sum + (fits(key) ? count : 0), 0);
}
