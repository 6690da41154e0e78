/** What one look at the metrics page says, as far as this page shows it. */

/** The layers that answer, nearest first; what neither cache has is asked of the store. */
const CACHES = ['near', 'redis'];

/**
 * Reads the metrics of one moment.
 *
 * Counts begin with the process: one without a series is 0. What has no metric is undefined or, of
 * caches, breakers and pools, left out.
 *
 * @param metrics the series by the metric's name
 * @param time when they were read, in milliseconds of any clock that only goes forward
 */
export function readingOf(metrics, time) {
  const series = (name, fits = () => true) => (metrics.get(name) ?? []).filter(({ labels }) => fits(labels));
  const total = (name, fits) => sum(series(name, fits));
  const known = (name) => optionalSum(series(name)) ?? NaN;
  const value = (name) => series(name)[0]?.value;
  const by = (name, label) => Object.fromEntries(series(name).map((each) => [each.labels[label], each.value]));
  const caches = CACHES.filter((cache) => series('cache_gets_total', isOf(cache)).length > 0);
  // The objectives are about these: a caller's own mistakes are answered at once.
  const answersTo = (isOne) => (labels) => isOne(labels) && labels.outcome !== 'CLIENT_ERROR';
  const isRequest = (labels) => isLookup(labels) || isReport(labels);
  return {
    time,
    counts: {
      requests: { all: total('http_server_requests_seconds_count', isRequest) },
      statuses: sumBy(series('http_server_requests_seconds_count', isRequest), 'status'),
      callers: sumBy(series('http_server_requests_seconds_count', isOfCaller), 'caller'),
      refused: sumBy(series('papi_refused_total'), 'caller'),
      answers: { all: total('http_server_requests_seconds_count', answersTo(isRequest)) },
      lookups: { all: total('http_server_requests_seconds_count', answersTo(isLookup)) },
      buckets: sumBy(series('http_server_requests_seconds_bucket', answersTo(isLookup)), 'le'),
      reportBuckets: sumBy(series('http_server_requests_seconds_bucket', answersTo(isReport)), 'le'),
      asked: Object.fromEntries(caches.map((cache) => [cache, total('cache_gets_total', isOf(cache))])),
      answered: Object.fromEntries(
        caches.map((cache) => [cache, total('cache_gets_total', (labels) => isOf(cache)(labels) && labels.result !== 'miss')]),
      ),
      stale: { all: total('papi_stale_served_total') },
      rejected: sumBy(series('papi_rejected_total'), 'reason'),
      late: { all: total('papi_deadline_exceeded_total') },
      collections: { all: total('jvm_gc_pause_seconds_count') },
      evicted: { near: known('papi_near_evicted_total'), redis: known('papi_redis_evicted_total') },
      statements: { all: total('papi_store_query_seconds_count') },
    },
    near: { used: optionalSum(series('papi_near_memory_used_bytes')), max: total('papi_near_memory_max_bytes') },
    redis: {
      used: value('papi_redis_memory_used_bytes'),
      max: value('papi_redis_memory_max_bytes'),
      role: series('papi_redis_role').find((each) => each.value === 1)?.labels.role,
    },
    breakers: by('papi_breaker_state', 'name'),
    pools: series('hikaricp_connections_max').map(({ labels: { pool }, value: max }) => ({
      name: pool,
      max,
      active: total('hikaricp_connections_active', (labels) => labels.pool === pool),
      idle: total('hikaricp_connections_idle', (labels) => labels.pool === pool),
      waiting: total('hikaricp_connections_pending', (labels) => labels.pool === pool),
    })),
    inflight: value('papi_inflight'),
    connections: value('papi_connections'),
    heapUsed: optionalSum(series('jvm_memory_used_bytes', isHeap)),
    heapMax: optionalSum(series('jvm_memory_max_bytes', isHeap).filter((each) => each.value > 0)),
    cpu: value('process_cpu_usage'),
    files: value('process_files_open_files'),
    maxFiles: value('process_files_max_files'),
    threads: value('jvm_threads_live_threads'),
    uptime: value('process_uptime_seconds'),
    startTime: value('process_start_time_seconds'),
    version: series('papi_build_info')[0]?.labels.version,
  };
}

/** A request for rows. */
const isLookup = ({ uri }) => /.\/\{ids\}$/.test(uri);
/** A request for a report, whose uri is a path of a query: not the root, the test page or a path that does not exist. */
const isReport = (labels) => !isLookup(labels) && !/^(\/|\/(test|docs)(\/.*)?|\/openapi\..+|UNKNOWN)$/.test(labels.uri);
/** Where there are no callers, no series has one. */
const isOfCaller = ({ caller }) => caller !== undefined;
const isOf = (cache) => (labels) => labels.cache === cache;
const isHeap = ({ area }) => area === 'heap';

function sum(series) {
  return series.reduce((all, { value }) => all + value, 0);
}

function optionalSum(series) {
  return series.length === 0 ? undefined : sum(series);
}

function sumBy(series, label) {
  const sums = {};
  for (const { labels, value } of series) {
    sums[labels[label]] = (sums[labels[label]] ?? 0) + value;
  }
  return sums;
}
