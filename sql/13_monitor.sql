-- What to look at. Only reads. Snowflake's side of the latency; the service's own metrics come last.

USE ROLE ACCOUNTADMIN;
USE WAREHOUSE DATA_API_LOAD_WH; -- not the one that is being watched

-- Lookups by the minute, up to 3 h late. Statements under 1 s are only in this view, never in QUERY_HISTORY.
-- Ask for a higher quota before the requests throttled stop being 0: at 70 % of it (16,000 operations/s per database).
SELECT
  INTERVAL_START_TIME,
  SUM(CALLS) AS CALLS,
  SUM(CALLS) / 60 AS CALLS_PER_SECOND,
  MEDIAN(TOTAL_ELAPSED_TIME:"median"::FLOAT) AS MEDIAN_MS,
  MAX(TOTAL_ELAPSED_TIME:"p90"::FLOAT) AS WORST_P90_MS,
  MAX(TOTAL_ELAPSED_TIME:"p99"::FLOAT) AS WORST_P99_MS,
  MAX(QUEUED_OVERLOAD_TIME:"p99"::FLOAT) AS WORST_P99_QUEUED_MS, -- above 0: more clusters
  MAX(COMPILATION_TIME:"p99"::FLOAT) AS WORST_P99_COMPILED_MS,   -- high: the plan cache misses, too many distinct statements
  SUM(HYBRID_TABLE_REQUESTS_THROTTLED_COUNT) AS THROTTLED
FROM SNOWFLAKE.ACCOUNT_USAGE.AGGREGATE_QUERY_HISTORY
WHERE
  WAREHOUSE_NAME = 'DATA_API_WH'
  AND INTERVAL_START_TIME > DATEADD(HOUR, -24, CURRENT_TIMESTAMP())
GROUP BY INTERVAL_START_TIME
ORDER BY INTERVAL_START_TIME DESC;

-- The distinct statements: one per padded batch size (1, 2, 4, 8, ...) is right, more is a bug.
SELECT
  QUERY_PARAMETERIZED_HASH,
  ANY_VALUE(QUERY_TEXT) AS QUERY_TEXT,
  SUM(CALLS) AS CALLS,
  MAX(TOTAL_ELAPSED_TIME:"p99"::FLOAT) AS WORST_P99_MS
FROM SNOWFLAKE.ACCOUNT_USAGE.AGGREGATE_QUERY_HISTORY
WHERE
  WAREHOUSE_NAME = 'DATA_API_WH'
  AND INTERVAL_START_TIME > DATEADD(HOUR, -24, CURRENT_TIMESTAMP())
GROUP BY QUERY_PARAMETERIZED_HASH
ORDER BY CALLS DESC;

-- The service's errors. The event table is the account's default one.
SELECT
  TIMESTAMP,
  RESOURCE_ATTRIBUTES:"snow.service.container.name"::VARCHAR AS CONTAINER,
  RESOURCE_ATTRIBUTES:"snow.service.instance"::VARCHAR AS INSTANCE,
  VALUE
FROM SNOWFLAKE.TELEMETRY.EVENTS
WHERE
  RECORD_TYPE = 'LOG'
  AND RESOURCE_ATTRIBUTES:"snow.service.name" = 'API'
  AND RECORD:"severity_text" IN ('WARN', 'ERROR')
  AND TIMESTAMP > DATEADD(HOUR, -1, CURRENT_TIMESTAMP())
ORDER BY TIMESTAMP DESC
LIMIT 100;

-- The service's own metrics, as the Prometheus container brings them here each minute.
SELECT
  TIMESTAMP,
  RESOURCE_ATTRIBUTES:"snow.service.instance"::VARCHAR AS INSTANCE,
  RECORD:"metric"."name"::VARCHAR AS METRIC,
  RECORD_ATTRIBUTES,
  VALUE
FROM SNOWFLAKE.TELEMETRY.EVENTS
WHERE
  RECORD_TYPE = 'METRIC'
  AND RESOURCE_ATTRIBUTES:"snow.service.name" = 'API'
  AND SCOPE:"name" != 'snow.spcs.platform'
  AND METRIC IN ('papi_stale_served_total', 'papi_deadline_exceeded_total', 'papi_rejected_total', 'papi_breaker_state')
  AND TIMESTAMP > DATEADD(HOUR, -1, CURRENT_TIMESTAMP())
ORDER BY TIMESTAMP DESC
LIMIT 1000;
